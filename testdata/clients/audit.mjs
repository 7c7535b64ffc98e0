// Asks the server at a URL what GraphQL over HTTP demands. Fails if a MUST or a
// SHOULD is not met; says what MAY be met and is not.
import { auditServer } from 'graphql-http';

const results = await auditServer({ url: process.argv[2] });
const unmet = results.filter(({ status }) => status !== 'ok');
for (const { id, name, reason } of unmet) console.log(`${id} ${name}: ${reason}`);
console.log(`${results.length - unmet.length} of ${results.length} audits passed`);
const failed = unmet.some(({ name }) => !name.startsWith('MAY '));
process.exit(results.length === 0 || failed ? 1 : 0);
