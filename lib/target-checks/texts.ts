import { isIP } from 'node:net';

import { saysSomething } from '../messages/says-something';

/** What a text must look like: why it is refused, and what to write. */
export interface Shape {
  readonly matches: (text: string) => boolean;
  readonly mistake: string;
}

const like = (pattern: RegExp, mistake: string): Shape => ({ matches: (text) => pattern.test(text), mistake });

const LABEL = '[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?';

/** Names of environments and regions: part of paths, of cluster names and of labels. */
export const placeName = like(
  /^[a-z0-9](?:[-a-z0-9]{0,38}[a-z0-9])?$/,
  'it becomes part of paths and of names: use at most 40 lower-case letters, digits and hyphens, with neither end a hyphen',
);

/** A name in DNS that certificates can be made for: of two labels or more, and no address. */
export const host: Shape = {
  matches: (text) => text.length <= 253 && new RegExp(`^${LABEL}(?:\\.${LABEL})+$`).test(text) && isIP(text) === 0,
  mistake: 'it is no DNS name: write it like "api.example.com", in lower case, without scheme, port or path',
};

export const email = like(
  /^[^\s@"<>(),;:\\[\]]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i,
  'it is no address of mail: write it like "platform@example.com"',
);

/** An address of a server, with no name or password in it. */
export const url: Shape = {
  matches: (text) => {
    const [, name = ''] = /^https:\/\/([^/:?#@]+)(?::\d{1,5})?(?:\/[^\s?#]*)?$/.exec(text) ?? [];
    return host.matches(name) && URL.canParse(text);
  },
  mistake: 'it is no address of a server: write it like "https://example.com/path"',
};

/** What Argo CD clones, with no name or password in it. */
export const gitUrl: Shape = {
  matches: (text) =>
    /^git@[\w.-]+:[\w./-]+$/.test(text) || (/\/[\w.-]+$/.test(text) && url.matches(text.replace(/^ssh:\/\/git@/, 'https://'))),
  mistake: 'it is no repository that can be cloned: write it like "https://git.example.com/team/name.git"',
};

/** A branch or a tag, as Git lets it be called. */
export const branch: Shape = {
  matches: (text) => /^(?!-|\/|.*(?:\.\.|\/\/|@\{|\.lock$|[./]$))[\w./@+-]{1,200}$/.test(text) && text !== 'HEAD' && text !== '@',
  mistake: 'it is no branch or tag that stays what it is: write it like "main"',
};

/** Names of models in requests. */
export const servedName = like(
  /^[A-Za-z0-9](?:[\w.:/-]{0,126}[A-Za-z0-9])?$/,
  'clients cannot ask for it: use at most 128 letters, digits and . : / _ -',
);

export const storageAccount = like(/^[a-z0-9]{3,24}$/, 'storage accounts have names of 3 to 24 lower-case letters and digits: copy it');

export const resourceGroup = like(
  /^[\w().-]{0,89}[\w()-]$/,
  'resource groups have names of up to 90 letters, digits and _ ( ) . -: copy it',
);

/** A moment that databases understand without asking for a time zone. */
export const moment: Shape = {
  // `Date` takes February 30th for March 2nd, hence the way there and back.
  matches: (text) =>
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) &&
    !Number.isNaN(Date.parse(text)) &&
    new Date(text).toISOString() === text.replace('Z', '.000Z'),
  mistake: 'it is no moment in UTC: write it like "2026-11-20T09:30:00Z"',
};

export const labelKey = like(
  /^(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?$/,
  'it is no key of a label: write it like "node-type" or "example.com/node-type"',
);

export const labelValue = like(
  /^(?:[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?)?$/,
  'it is no value of a label: use at most 63 letters, digits, hyphens, underscores and dots',
);

export const awsAccount = like(/^\d{12}$/, 'accounts of AWS have twelve digits: copy it from the console');
export const guid = like(
  /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/,
  'it is no id of Azure: write its 32 hex digits in groups, in lower case',
);
export const vault = like(
  /^(?!.*--)[A-Za-z][-A-Za-z0-9]{1,22}[A-Za-z0-9]$/,
  'vaults have names of 3 to 24 letters, digits and hyphens: copy it from the portal',
);
export const bucket = like(
  /^(?!.*\.\.)[a-z0-9][-a-z0-9.]{1,61}[a-z0-9]$/,
  'buckets have names of 3 to 63 lower-case letters, digits, dots and hyphens: copy it',
);
export const cloudName = like(/^[A-Za-z0-9](?:[-\w]{0,61}[A-Za-z0-9])?$/, 'it is no name in a cloud: use letters, digits and hyphens');
export const fileSystem = like(
  /^[A-Za-z0-9](?:[-\w./:]{0,253}[A-Za-z0-9])?$/,
  'it is no file system as a driver names it: write it like "fs-0123456789abcdef0"',
);
export const slackChannel = like(
  /^[a-z0-9_-]{1,80}$/,
  'channels of Slack have names of lower-case letters, digits, hyphens and underscores: leave "#" out',
);
/** Something is written. */
export const word = like(/\S/, 'it says nothing: write it');

/** Why something is as it is, for who reads it next year. */
export const reason: Shape = { matches: saysSomething, mistake: 'it is no reason: write one in a few words' };

/** Minor versions of Kubernetes: not older than the API that manifests are typed with, nor one that is years away. */
export const kubernetesVersion = like(
  /^1\.(?:2[7-9]|3\d|4\d)$/,
  'it is no minor version of Kubernetes from 1.27 on: write it like "1.34", as a text',
);

/** Paths of the public gateway, below its root: at the root one app would take what is meant for all others. */
export const publicPath = like(
  /^(?:\/[A-Za-z0-9][\w.~:-]*)+$/,
  'it is no path below the root: write it like "/models/intent", of letters, digits and . ~ : _ -',
);

/** Names of drivers: plugins of Kubernetes itself are gone since 1.27. */
export const driver = like(
  /^(?!kubernetes\.io\/)(?=.*[./])[a-z0-9][a-z0-9./-]*[a-z0-9]$/,
  'it is no name of a CSI driver: write it like "ebs.csi.aws.com"',
);
