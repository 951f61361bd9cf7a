/**
 * Sync's error codes (twilio.com/docs/api/errors/54000 and on). The HTTP statuses other than 429 are the conventional
 * ones: Twilio's documentation gives none.
 */
import type { WireResponse } from '../wire';

export type Problem = { code: number; status: number; message: string };

const problem = (code: number, status: number, message: string): Problem => ({ code, status, message });

export const problems = {
  notAuthenticated: problem(20003, 401, 'Authenticate'),
  noSuchResource: problem(20404, 404, 'The requested resource was not found'),
  methodNotAllowed: problem(20004, 405, 'Method not allowed'),
  invalidIfMatch: problem(54003, 400, 'Invalid If-Match header'),
  tooLarge: problem(54006, 413, 'Request entity too large'),
  rateLimited: problem(54009, 429, 'Rate limit exceeded'),
  invalidJson: problem(54008, 400, 'Invalid JSON'),
  noParameters: problem(54010, 400, 'No parameters specified'),
  invalidTtl: problem(54011, 400, 'Invalid TTL'),
  serviceNotFound: problem(54050, 404, 'Service Instance not found'),
  documentNotFound: problem(54100, 404, 'Document not found'),
  invalidDocumentData: problem(54101, 400, 'Invalid Document data'),
  documentRevisionMismatch: problem(
    54103,
    412,
    'The revision of the Document does not match the expected revision',
  ),
  mapNotFound: problem(54200, 404, 'Map not found'),
  itemNotFound: problem(54201, 404, 'Map Item not found'),
  itemRevisionMismatch: problem(
    54205,
    412,
    'The revision of the Map Item does not match the expected revision',
  ),
  invalidItemData: problem(54206, 400, 'Invalid Map Item data'),
  itemExists: problem(54208, 409, 'An Item with given key already exists in the Map'),
  invalidKey: problem(54209, 400, 'Invalid Map Item key'),
  uniqueNameNotFound: problem(54300, 404, 'Unique name not found'),
  uniqueNameExists: problem(54301, 409, 'Unique name already exists'),
  invalidUniqueName: problem(54302, 400, 'Invalid unique name'),
} as const;

/** Thrown anywhere while a request is handled; becomes the answer. */
export class Refusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

export function refuse(what: keyof typeof problems): never {
  throw new Refusal(problems[what]);
}

/** Twilio's error body: twilio.com/docs/usage/twilios-response#response-formats-exceptions */
export function problemResponse({ code, status, message }: Problem): WireResponse {
  const more_info = `https://www.twilio.com/docs/errors/${code}`;
  return jsonResponse(status, { code, message, more_info, status });
}

export function jsonResponse(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): WireResponse {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
