/** What lies at Twilio Serverless under this project's name. twilio.com/docs/serverless/api */
import type { Twilio } from 'twilio';

export type DeployedFile = { readonly path: string; readonly visibility: string };

export type Deployment = {
  readonly serviceSid: string;
  readonly domain: string;
  /** Null if nothing has been deployed to this environment yet. */
  readonly build: {
    readonly sid: string;
    readonly runtime: string;
    readonly dependencies: Readonly<Record<string, string>>;
    readonly functions: readonly (DeployedFile & { readonly functionSid: string; readonly sid: string })[];
    readonly assets: readonly DeployedFile[];
  } | null;
  /** Values in clear text: never to be shown. */
  readonly variables: Readonly<Record<string, string>>;
};

/** Files of a build, whose shape Twilio's description leaves open. */
type Listed = DeployedFile & { readonly sid: string; readonly function_sid?: string };

/**
 * Null if there is no service of that name, or no such environment.
 *
 * @param suffix of the environment: `dev`, or nothing for production
 */
export async function findDeployment(
  client: Twilio,
  name: string,
  suffix: string,
): Promise<Deployment | null> {
  const { services } = client.serverless.v1;
  const service = (await services.list()).find(({ uniqueName }) => uniqueName === name);
  if (!service) return null;
  const environments = await services(service.sid).environments.list();
  const environment = environments.find(({ domainSuffix }) => (domainSuffix ?? '') === suffix);
  if (!environment) return null;
  const [variables, build] = await Promise.all([
    services(service.sid).environments(environment.sid).variables.list(),
    environment.buildSid ? services(service.sid).builds(environment.buildSid).fetch() : null,
  ]);
  return {
    serviceSid: service.sid,
    domain: environment.domainName,
    variables: Object.fromEntries(variables.map(({ key, value }) => [key, value])),
    build: build && {
      sid: build.sid,
      runtime: build.runtime,
      dependencies: Object.fromEntries(
        (build.dependencies as { name: string; version: string }[]).map(({ name, version }) => [
          name,
          version,
        ]),
      ),
      functions: (build.functionVersions as Listed[]).map(({ path, visibility, sid, function_sid }) => ({
        path,
        visibility: visibility.toLowerCase(),
        sid,
        functionSid: function_sid ?? '',
      })),
      assets: (build.assetVersions as Listed[]).map(({ path, visibility }) => ({
        path,
        visibility: visibility.toLowerCase(),
      })),
    },
  };
}

/** The source of a deployed Function. Assets have no such address. */
export async function deployedSource(
  client: Twilio,
  serviceSid: string,
  { functionSid, sid }: { readonly functionSid: string; readonly sid: string },
): Promise<string> {
  const { services } = client.serverless.v1;
  const content = services(serviceSid).functions(functionSid).functionVersions(sid).functionVersionContent();
  return (await content.fetch()).content;
}
