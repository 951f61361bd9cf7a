/** Environments of a service, their variables, and what is deployed to them: docs/serverless/api/resource/environment */
import { type Asked, type Handlers, notFound, Refused, resource } from './described';
import type { Deployed, Environment, Service } from './serverless-state';
import { list, one } from './telephony';

/** Bytes of one variable, and of all of them in JSON: docs/serverless/functions-assets/functions/variables */
const LIMITS = { one: 450, all: 3 * 1024 };

export function environments({
  root,
  accountSid,
  newSid,
  serviceAt,
  onDeployed,
}: {
  root: string;
  accountSid: string;
  newSid(prefix: string): string;
  serviceAt(asked: Asked): Service;
  onDeployed(deployed: Deployed): void;
}): Handlers {
  function environmentAt(asked: Asked, name = 'EnvironmentSid') {
    const service = serviceAt(asked);
    const environment = service.environments.find(({ sid }) => sid === asked.path[name]);
    if (!environment) throw notFound(asked.url);
    return { service, environment };
  }

  const placeOf = (service: Service, { sid }: Environment) => `${root}/${service.sid}/Environments/${sid}`;
  const owners = (service: Service) => ({ account_sid: accountSid, service_sid: service.sid });

  const shown = (service: Service, environment: Environment) =>
    resource('serverless.FetchEnvironment', {
      ...owners(service),
      sid: environment.sid,
      build_sid: environment.build?.sid ?? null,
      unique_name: environment.uniqueName,
      domain_suffix: environment.suffix || null,
      domain_name: environment.domain,
      url: placeOf(service, environment),
    });

  const shownVariable = (service: Service, environment: Environment, at: Environment['variables'][number]) =>
    resource('serverless.FetchVariable', {
      ...owners(service),
      environment_sid: environment.sid,
      sid: at.sid,
      key: at.key,
      // In clear text: logging the body would give secrets away.
      value: at.value,
      url: `${placeOf(service, environment)}/Variables/${at.sid}`,
    });

  function checked(environment: Environment, key: string, value: string): void {
    if (Buffer.byteLength(value) > LIMITS.one)
      throw new Refused(400, 20001, `The value of ${key} is longer than ${LIMITS.one} bytes`);
    const others = environment.variables.filter((variable) => variable.key !== key);
    const all = Object.fromEntries([...others.map((one) => [one.key, one.value]), [key, value]]);
    if (Buffer.byteLength(JSON.stringify(all)) > LIMITS.all)
      throw new Refused(400, 20001, `The variables of this environment are larger than ${LIMITS.all} bytes`);
  }

  function run(service: Service, { domain, build, variables }: Environment): void {
    if (!build) return;
    const values = Object.fromEntries(variables.map(({ key, value }) => [key, value]));
    onDeployed({ domain, build, variables: values, includesCredentials: service.includesCredentials });
  }

  return {
    'serverless.ListEnvironment': (asked) => {
      const service = serviceAt(asked);
      return list(service.environments.map((environment) => shown(service, environment)));
    },
    'serverless.FetchEnvironment': (asked) => {
      const { service, environment } = environmentAt(asked, 'Sid');
      return one(shown(service, environment));
    },
    'serverless.CreateEnvironment': (asked) => {
      const service = serviceAt(asked);
      const suffix = String(asked.form.DomainSuffix ?? '');
      if (service.environments.some((environment) => environment.suffix === suffix))
        throw new Refused(409, 20409, `Environment with domain_suffix ${suffix} already exists`);
      const made: Environment = {
        sid: newSid('ZE'),
        uniqueName: String(asked.form.UniqueName),
        suffix,
        domain: `${service.uniqueName}-1234${suffix && `-${suffix}`}.twil.io`,
        build: null,
        variables: [],
      };
      service.environments.push(made);
      return one(shown(service, made), 201);
    },
    'serverless.ListVariable': (asked) => {
      const { service, environment } = environmentAt(asked);
      return list(environment.variables.map((variable) => shownVariable(service, environment, variable)));
    },
    'serverless.CreateVariable': (asked) => {
      const { service, environment } = environmentAt(asked);
      const made = { sid: newSid('ZV'), key: String(asked.form.Key), value: String(asked.form.Value) };
      if (environment.variables.some(({ key }) => key === made.key))
        throw new Refused(409, 20409, `Variable with key ${made.key} already exists`);
      checked(environment, made.key, made.value);
      environment.variables.push(made);
      run(service, environment);
      return one(shownVariable(service, environment, made), 201);
    },
    'serverless.UpdateVariable': (asked) => {
      const { service, environment } = environmentAt(asked);
      const variable = environment.variables.find(({ sid }) => sid === asked.path.Sid);
      if (!variable) throw notFound(asked.url);
      const value = String(asked.form.Value ?? variable.value);
      checked(environment, variable.key, value);
      variable.value = value;
      run(service, environment);
      return one(shownVariable(service, environment, variable));
    },
    'serverless.DeleteVariable': (asked) => {
      const { service, environment } = environmentAt(asked);
      environment.variables = environment.variables.filter(({ sid }) => sid !== asked.path.Sid);
      run(service, environment);
      return { kind: 'gone' };
    },
    'serverless.CreateDeployment': (asked) => {
      const { service, environment } = environmentAt(asked);
      const build = service.builds.find(({ sid }) => sid === asked.form.BuildSid);
      if (!build) throw new Refused(400, 20001, 'There is no such build');
      environment.build = build;
      run(service, environment);
      return one(
        resource('serverless.CreateDeployment', {
          ...owners(service),
          sid: newSid('ZD'),
          environment_sid: environment.sid,
          build_sid: build.sid,
          url: `${placeOf(service, environment)}/Deployments/ZD${'0'.repeat(32)}`,
        }),
        201,
      );
    },
  };
}
