/** An OpenAPI description as a list of operations, each with what is needed to recognize and check a request. */

export type Schema = {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly [keyword: string]: unknown;
};
export type Encoding = Readonly<Record<string, { readonly contentType?: string }>>;

type Parameter = {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
};
type Content = Readonly<
  Record<string, { schema: Schema; encoding?: Encoding; examples?: Record<string, { value: unknown }> }>
>;
type Described = {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
};
export type Description = {
  readonly paths: Readonly<
    Record<string, { readonly servers: readonly { readonly url: string }[] } & Record<string, unknown>>
  >;
  readonly components: object;
};

export type Operation = {
  readonly id: string;
  readonly host: string;
  readonly method: string;
  readonly path: RegExp;
  readonly pathNames: readonly string[];
  readonly parameters: readonly Parameter[];
  /** By name. */
  readonly query: Readonly<Record<string, Schema>>;
  /** Headers that some operation of this description takes; an operation that does not name one may not have it. */
  readonly describedHeaders: readonly string[];
  readonly form?: { readonly schema: Schema; readonly encoding: Encoding };
  /** By status; null = no body. */
  readonly answers: Readonly<Record<string, Schema | null>>;
  /** Twilio's own, by status. */
  readonly examples: Readonly<Record<string, unknown>>;
  /** What `$ref` refers to. */
  readonly components: object;
};

const METHODS = ['get', 'post', 'delete'];

export function operationsOf(description: Description): Operation[] {
  const all = Object.entries(description.paths).flatMap(([path, { servers, ...item }]) =>
    METHODS.filter((method) => method in item).map((method) => ({
      path,
      method: method.toUpperCase(),
      host: new URL(servers[0]?.url ?? '').host,
      described: item[method] as Described,
    })),
  );
  const describedHeaders = new Set(
    all
      .flatMap(({ described }) => described.parameters ?? [])
      .filter((parameter) => parameter.in === 'header')
      .map(({ name }) => name),
  );
  return all.map(({ path, method, host, described }) => {
    const { operationId, parameters = [], requestBody, responses } = described;
    const form = requestBody?.content['application/x-www-form-urlencoded'];
    const answers = Object.entries(responses).map(([status, { content }]) => ({
      status,
      ...(content?.['application/json'] ?? { schema: null, examples: undefined }),
    }));
    return {
      id: operationId,
      host,
      method,
      path: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '([^/]+)')}$`),
      pathNames: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''),
      parameters,
      query: Object.fromEntries(
        parameters.filter((parameter) => parameter.in === 'query').map(({ name, schema }) => [name, schema]),
      ),
      describedHeaders: [...describedHeaders],
      ...(form && { form: { schema: form.schema, encoding: form.encoding ?? {} } }),
      answers: Object.fromEntries(answers.map(({ status, schema }) => [status, schema])),
      examples: Object.fromEntries(
        answers.flatMap(({ status, examples = {} }) =>
          Object.values(examples).map(({ value }) => [status, value]),
        ),
      ),
      components: description.components,
    };
  });
}

export function findOperation(operations: readonly Operation[], method: string, url: URL) {
  for (const operation of operations) {
    if (operation.host !== url.host || operation.method !== method) continue;
    const values = operation.path.exec(url.pathname);
    if (!values) continue;
    const named = operation.pathNames.map((name, index) => [
      name,
      decodeURIComponent(values[index + 1] ?? ''),
    ]);
    return { operation, pathParams: Object.fromEntries(named) as Record<string, string> };
  }
  return undefined;
}
