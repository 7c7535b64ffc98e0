// Audits the server at a URL for compliance with GraphQL over HTTP. Fails if a MUST or a
// SHOULD is violated; prints MAYs that are not implemented.
import { auditServer } from 'graphql-http';

const results = await auditServer({ url: process.argv[2] });
const violations = results.filter(({ status }) => status !== 'ok');
for (const { id, name, reason } of violations) console.log(`${id} ${name}: ${reason}`);
console.log(`${results.length - violations.length} of ${results.length} audits passed`);
const failed = violations.some(({ name }) => !name.startsWith('MAY '));
process.exit(results.length === 0 || failed ? 1 : 0);
