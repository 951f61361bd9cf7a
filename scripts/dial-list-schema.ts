/** Writes the JSON schema with which editors check the dial list: `npm run schema`. The check itself is its source. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import { dialListSchema } from '../src/dial-list/schema';

/** The schema as it stands in the repository. The build checks what JSON schema cannot express. */
export function dialListJsonSchema(): string {
  const schema = toJsonSchema(dialListSchema, { errorMode: 'ignore', typeMode: 'input' });
  return `${JSON.stringify({ title: 'Dial list of mackerel-kaden', ...schema }, null, 2)}\n`;
}

if (require.main === module) {
  writeFileSync(join(__dirname, '../src/assets/dial-list.schema.json'), dialListJsonSchema());
}
