import type { Manifest } from '../../kubernetes/manifest';
import { behind } from '../endpoints';
import { escaped, record, records } from '../fields';
import { ISTIO_GATEWAY, podsBehind, policiesFor } from '../istio';
import type { Pods } from '../pods';
import { there } from '../references/there';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';

const MODEL = 'InferenceService.serving.kserve.io';

const PLUGINS = 'konghq.com/plugins';

/** Plugins that refuse whoever does not say who they are. */
const ASKING: ReadonlySet<unknown> = new Set(['jwt', 'key-auth', 'basic-auth', 'hmac-auth', 'ldap-auth', 'oauth2']);

const REQUESTS = 'RequestAuthentication.security.istio.io';
const POLICIES = 'AuthorizationPolicy.security.istio.io';

/** The port whose requests are sent to HTTPS, and no further. */
const PLAIN = '80';

export const tokensAreAsked: Rule = {
  id: 'tokens-are-asked',
  title: 'Whoever comes through a gateway to models brings a token, and to Istio one that its issuer signed for this service.',
  why: 'A RequestAuthentication refuses bad tokens and lets requests without any pass: without a policy that denies those, models answer everybody. Servers of KServe ask nobody themselves.',
  fix: 'Define both with IstioTokens, which selects the pods of the gateway; attach the plugin of TokenAuthentication to routes of Kong.',
  *check(target) {
    for (const object of target.all(ISTIO_GATEWAY)) {
      for (const pods of podsBehind(object, target)) yield* unguarded(object, pods, target);
    }
    for (const object of target.all(REQUESTS)) yield* ofRules(object);
    if (target.all(MODEL).length > 0) yield* unasked(target);
  },
};

/** Routes of Kong to models, without a plugin that asks who calls. */
function* unasked(target: TargetIndex): Iterable<Problem> {
  for (const object of target.all('HTTPRoute.gateway.networking.k8s.io')) {
    const { namespace = '', annotations } = object.metadata;
    const models = records(object.spec?.rules).flatMap(({ backendRefs }) =>
      records(backendRefs).flatMap(({ namespace: where = namespace, name, port }) => {
        const pods = behind(target, String(where), String(name), port)?.pods ?? [];
        return pods.flatMap((each) => (each.object?.kind === 'InferenceService' ? [each.object.metadata.name] : []));
      }),
    );
    const plugins = String(annotations?.[PLUGINS] ?? '')
      .split(',')
      .map((name) => target.find('KongPlugin.configuration.konghq.com', namespace, name.trim())?.['plugin']);
    if (models.length === 0 || plugins.some((plugin) => ASKING.has(plugin))) continue;
    const message = `names no plugin that asks who calls: ${models.join(' and ')} would answer everybody`;
    yield { object, field: `/metadata/annotations/${escaped(PLUGINS)}`, message };
  }
}

function* unguarded(object: Manifest, pods: Pods, target: TargetIndex): Iterable<Problem> {
  const field = '/spec/selector';
  const issuers = policiesFor(REQUESTS, pods, target).flatMap(({ spec }) => records(spec?.jwtRules).map(({ issuer }) => String(issuer)));
  if (issuers.length === 0) {
    yield { object, field, message: `is of pods in ${pods.namespace} that no RequestAuthentication tells who signs tokens` };
    return;
  }
  const asked = policiesFor(POLICIES, pods, target).flatMap(principalsAsked);
  if (asked.length === 0) {
    yield { object, field, message: `is of pods in ${pods.namespace} where no AuthorizationPolicy denies requests without a token` };
    return;
  }
  const known = asked.some((principal) => principal === '*' || issuers.some((issuer) => principal.startsWith(`${issuer}/`)));
  if (known) return;
  yield {
    object,
    field,
    message: `is of pods that let in ${asked.join(' and ')} alone, which none of their issuers signs${there(issuers)}`,
  };
}

/** The principals that a policy asks for, of everybody on every port but the plain one; none if it lets others pass. */
function principalsAsked({ spec }: Manifest): readonly string[] {
  const rules = records(spec?.rules);
  const { action = 'ALLOW' } = record(spec);
  if (action === 'DENY') {
    return rules
      .filter(({ to, when }) => when === undefined && records(to).every(({ operation }) => onlySparesPlain(record(operation))))
      .flatMap(({ from }) =>
        sources(from).flatMap(({ notRequestPrincipals, ...others }) => (isEmpty(others) ? texts(notRequestPrincipals) : [])),
      );
  }
  const open = rules.filter(({ to }) => !(records(to).length > 0 && records(to).every(({ operation }) => isPlain(record(operation)))));
  const asks = open.map(({ from }) => sources(from).map(({ requestPrincipals }) => texts(requestPrincipals)));
  const everyOne = asks.every((all) => all.length > 0 && all.every((principals) => principals.length > 0));
  return action === 'ALLOW' && everyOne ? asks.flat(2) : [];
}

/** Tokens that are for somebody else, or that logs would keep. */
function* ofRules(object: Manifest): Iterable<Problem> {
  for (const [i, { audiences, fromHeaders, fromParams, jwksUri, jwks }] of records(object.spec?.jwtRules).entries()) {
    const field = `/spec/jwtRules/${i}`;
    if (texts(audiences).length === 0)
      yield { object, field: `${field}/audiences`, message: 'are missing: tokens for other services of the issuer pass as well' };
    if (records(fromHeaders).length === 0)
      yield { object, field: `${field}/fromHeaders`, message: 'is missing: Istio reads tokens from queries too, which logs keep' };
    if (texts(fromParams).length > 0)
      yield { object, field: `${field}/fromParams`, message: 'has tokens come in queries, which logs keep' };
    if (jwksUri === undefined && jwks === undefined)
      yield { object, field: `${field}/jwksUri`, message: 'is missing, and keys are not written: Istio asks the issuer where they are' };
    if (jwksUri !== undefined && !String(jwksUri).startsWith('https://'))
      yield { object, field: `${field}/jwksUri`, message: `is "${jwksUri}": whoever is on the way exchanges the keys` };
  }
}

const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
const sources = (from: unknown) => records(from).map(({ source }) => record(source));
const isEmpty = (value: object): boolean => Object.keys(value).length === 0;

const onlySparesPlain = ({ notPorts, ...others }: Readonly<Record<string, unknown>>): boolean =>
  isEmpty(others) && texts(notPorts).every((port) => port === PLAIN);

const isPlain = ({ ports, ...others }: Readonly<Record<string, unknown>>): boolean =>
  isEmpty(others) && texts(ports).length > 0 && texts(ports).every((port) => port === PLAIN);
