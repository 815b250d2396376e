import { lazyFunctions } from './coldStart.ts';

const index = `
var accounts = () => import("./edge-A.js");
var search = () => import("./edge-B.js");
var usesIdentity = { secrets: [] };
var signIn = onCall(usesIdentity, async (request) => (await accounts()).signIn(request));
var onHospitalWritten = onDocumentWritten(
  { document: "Hospitals/{id}" },
  async (event) => together(
    async () => (await accounts()).follow(event),
    async () => (await search()).follow(event)
  )
);
var helper = onCall(async () => (await search()).help());
export {
  onHospitalWritten,
  signIn
};
`;

it('finds what each deployed function loads when it first runs, in a built index', () => {
  expect(lazyFunctions(index)).toEqual([
    { name: 'signIn', chunks: ['edge-A.js'] },
    { name: 'onHospitalWritten', chunks: ['edge-A.js', 'edge-B.js'] },
  ]);
});
