// Preloaded into firebase-tools: its Auth emulator compiles the schemas of some 150 operations at start, 6 to 10
// seconds, though exegesis can do it at each one's first use. If its files ever move, the start is just slow again.
try {
  const options = require('../../node_modules/exegesis/lib/options.js');
  const compile = options.compileOptions;
  options.compileOptions = (given) => compile({ ...given, lazyCompileValidationSchemas: true });
} catch {
  // Slow, but right.
}
