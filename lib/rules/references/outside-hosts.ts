import { perText } from '../per-text';

/** A host that is not in the cluster. */
export interface OutsideHost {
  readonly host: string;
  readonly port: number;
}

/** A value of YAML that is a URL, or an item of a list. */
const VALUE = /^[ \t-]*(?:[\w.-]+:[ \t]+)?["']?(https?):\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::(\d+))?(?:\/[^\s"']*)?["']?[ \t]*$/gm;

/** Names that are answered in the cluster, or by the machine itself. */
const INSIDE = /\.(?:svc|local|localhost|internal)$|\.svc\.|^[\d.]+$/;

/** Every host outside of the cluster that a configuration file has its program call. */
export const outsideHosts = perText((text): readonly OutsideHost[] =>
  text.includes('://')
    ? [...text.matchAll(VALUE)].flatMap(([, scheme, host = '', port]) =>
        INSIDE.test(host) ? [] : [{ host, port: port === undefined ? (scheme === 'https' ? 443 : 80) : Number(port) }],
      )
    : [],
);
