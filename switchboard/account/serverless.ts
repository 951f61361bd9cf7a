/** Twilio's Serverless API, as `twilio-run deploy` and `promote` use it: docs/serverless/api */
import { type Asked, type Handlers, notFound, Refused, resource } from './described';
import { environments } from './serverless-environments';
import type { Build, Deployed, Environment, Kind, Resource, Service, Version } from './serverless-state';
import { list, one } from './telephony';

/** The platform's own, if a deploy names none: docs/serverless/functions-assets/faq */
const DEFAULT_RUNTIME = 'node22';
/** The handlers that the platform takes: docs/serverless/functions-assets/handler */
const HANDLERS = [
  '1.2.0',
  '1.2.1',
  '1.2.2',
  '1.2.3',
  '1.2.4',
  '1.2.5',
  '1.3.0',
  '1.3.1',
  '2.0.0',
  '2.0.1',
  '2.1.2',
];

export type Serverless = {
  readonly services: Service[];
  readonly handlers: Handlers;
  /** Takes one file, which is not a form: docs/serverless/api/resource/function-version */
  upload(url: URL, file: Omit<Version, 'sid' | 'resourceSid' | 'kind'>): object;
};

export function serverless(
  accountSid: string,
  newSid: (prefix: string) => string,
  onDeployed: (deployed: Deployed) => void,
): Serverless {
  const services: Service[] = [];
  const root = 'https://serverless.twilio.com/v1/Services';

  function serviceAt({ path, url }: Pick<Asked, 'path' | 'url'>, name = 'ServiceSid'): Service {
    const found = services.find(({ sid, uniqueName }) => [sid, uniqueName].includes(path[name] ?? ''));
    if (!found) throw notFound(url);
    return found;
  }

  const shownService = ({ sid, uniqueName, includesCredentials }: Service) =>
    resource('serverless.FetchService', {
      sid,
      account_sid: accountSid,
      unique_name: uniqueName,
      friendly_name: uniqueName,
      include_credentials: includesCredentials,
      ui_editable: false,
      domain_base: `${uniqueName}-1234`,
      url: `${root}/${sid}`,
    });

  const shownResource = (service: Service, { sid, kind, name }: Resource) =>
    resource(kind === 'functions' ? 'serverless.FetchFunction' : 'serverless.FetchAsset', {
      sid,
      account_sid: accountSid,
      service_sid: service.sid,
      friendly_name: name,
      url: `${root}/${service.sid}/${kind === 'functions' ? 'Functions' : 'Assets'}/${sid}`,
    });

  const shownVersion = (service: Service, version: Version) => ({
    sid: version.sid,
    account_sid: accountSid,
    service_sid: service.sid,
    [version.kind === 'functions' ? 'function_sid' : 'asset_sid']: version.resourceSid,
    path: version.path,
    visibility: version.visibility,
    date_created: '2018-11-10T20:00:00Z',
  });

  const shownBuild = (service: Service, build: Build) =>
    resource('serverless.FetchBuild', {
      sid: build.sid,
      account_sid: accountSid,
      service_sid: service.sid,
      dependencies: build.dependencies,
      runtime: build.runtime,
      status: build.asked > 0 ? 'completed' : 'building',
      function_versions: of(build, 'functions').map((version) => shownVersion(service, version)),
      asset_versions: of(build, 'assets').map((version) => shownVersion(service, version)),
      url: `${root}/${service.sid}/Builds/${build.sid}`,
    });

  const buildAt = (asked: Asked): { service: Service; build: Build } => {
    const service = serviceAt(asked);
    const build = service.builds.find(({ sid }) => sid === asked.path.Sid);
    if (!build) throw notFound(asked.url);
    return { service, build };
  };

  const resourcesOf = (kind: Kind): Handlers => {
    const [single, plural] = kind === 'functions' ? ['Function', 'Functions'] : ['Asset', 'Assets'];
    return {
      [`serverless.List${single}`]: (asked) => {
        const service = serviceAt(asked);
        const those = service.resources.filter((one) => one.kind === kind);
        return list(those.map((found) => shownResource(service, found)));
      },
      [`serverless.Create${single}`]: (asked) => {
        const service = serviceAt(asked);
        const made = { sid: newSid('ZH'), kind, name: String(asked.form.FriendlyName) };
        service.resources.push(made);
        return one(shownResource(service, made), 201);
      },
      [`serverless.List${single}Version`]: (asked) => {
        const service = serviceAt(asked);
        const those = service.versions.filter(
          ({ resourceSid }) => resourceSid === asked.path[`${single}Sid`],
        );
        const at = `${root}/${service.sid}/${plural}/${asked.path[`${single}Sid`]}/Versions`;
        return list(
          those.map((version) => ({
            ...shownVersion(service, version),
            url: `${at}/${version.sid}`,
            ...(kind === 'functions' && { links: {} }),
          })),
        );
      },
    };
  };

  const handlers: Handlers = {
    'serverless.ListService': () => list(services.map(shownService)),
    'serverless.FetchService': (asked) => one(shownService(serviceAt(asked, 'Sid'))),
    'serverless.CreateService': ({ form }) => {
      const uniqueName = String(form.UniqueName);
      if (services.some((service) => service.uniqueName === uniqueName))
        throw new Refused(409, 20409, `Service with unique_name ${uniqueName} already exists`);
      const made: Service = {
        sid: newSid('ZS'),
        uniqueName,
        includesCredentials: form.IncludeCredentials !== false,
        resources: [],
        versions: [],
        builds: [],
        environments: [],
      };
      services.push(made);
      return one(shownService(made), 201);
    },
    ...resourcesOf('functions'),
    ...resourcesOf('assets'),
    'serverless.FetchFunctionVersionContent': (asked) => {
      const service = serviceAt(asked);
      const version = service.versions.find(({ sid }) => sid === asked.path.Sid);
      if (!version) throw notFound(asked.url);
      return one(
        resource('serverless.FetchFunctionVersionContent', {
          sid: version.sid,
          account_sid: accountSid,
          service_sid: service.sid,
          function_sid: version.resourceSid,
          content: version.content.toString('utf8'),
          url: asked.url.href,
        }),
      );
    },
    'serverless.ListBuild': (asked) => {
      const service = serviceAt(asked);
      return list(service.builds.toReversed().map((build) => shownBuild(service, build)));
    },
    'serverless.FetchBuild': (asked) => {
      const { service, build } = buildAt(asked);
      return one(shownBuild(service, build));
    },
    'serverless.FetchBuildStatus': (asked) => {
      const { service, build } = buildAt(asked);
      build.asked += 1;
      return one(
        resource('serverless.FetchBuildStatus', {
          sid: build.sid,
          account_sid: accountSid,
          service_sid: service.sid,
          status: build.asked > 1 ? 'completed' : 'building',
          url: asked.url.href,
        }),
      );
    },
    'serverless.CreateBuild': (asked) => {
      const service = serviceAt(asked);
      const { FunctionVersions = [], AssetVersions = [], Dependencies, Runtime } = asked.form;
      const wanted = [FunctionVersions, AssetVersions].flat() as string[];
      const versions = wanted.map((sid) => {
        const found = service.versions.find((version) => version.sid === sid);
        if (!found) throw new Refused(400, 20001, `There is no version ${sid}`);
        return found;
      });
      const made: Build = {
        sid: newSid('ZB'),
        versions,
        dependencies: dependenciesIn(Dependencies),
        runtime: String(Runtime ?? DEFAULT_RUNTIME),
        isRuntimeAsked: Runtime !== undefined,
        asked: 0,
      };
      service.builds.push(made);
      return one(shownBuild(service, made), 201);
    },
    ...environments({ root, accountSid, newSid, serviceAt, onDeployed }),
  };

  return {
    services,
    handlers,
    upload(url, file) {
      const [, serviceSid = '', plural, resourceSid = ''] =
        /^\/v1\/Services\/(\w+)\/(Functions|Assets)\/(\w+)\/Versions$/.exec(url.pathname) ?? [];
      const service = serviceAt({ path: { ServiceSid: serviceSid }, url });
      const kind = plural === 'Functions' ? 'functions' : 'assets';
      const owner = service.resources.find((one) => one.sid === resourceSid && one.kind === kind);
      if (!owner) throw notFound(url);
      const version = { ...file, sid: newSid('ZN'), resourceSid, kind } as const;
      service.versions.push(version);
      return { ...shownVersion(service, version), url: `${url.href}/${version.sid}` };
    },
  };
}

export const of = ({ versions }: Build, kind: Kind): readonly Version[] =>
  versions.filter((version) => version.kind === kind);

/** A JSON array, which the toolkit quotes once more. */
function dependenciesIn(given: unknown): Build['dependencies'] {
  if (given === undefined) return [];
  const parsed: Build['dependencies'] = JSON.parse(String(given).replace(/^"|"$/g, ''));
  const handler = parsed.find(({ name }) => name === '@twilio/runtime-handler');
  if (handler && !HANDLERS.includes(handler.version))
    throw new Refused(400, 20001, `No matching version found for ${handler.name}@${handler.version}`);
  return parsed;
}

export type { Environment };
