/** What a URL of MongoDB may say after its question mark, in small letters: drivers refuse or overlook everything else. */
const OPTIONS: ReadonlySet<string> = new Set(
  (
    'appname authmechanism authmechanismproperties authsource compressors connecttimeoutms directconnection heartbeatfrequencyms journal ' +
    'loadbalanced localthresholdms maxconnecting maxidletimems maxpoolsize maxstalenessseconds minpoolsize proxyhost proxypassword proxyport ' +
    'proxyusername readconcernlevel readpreference readpreferencetags replicaset retryreads retrywrites servermonitoringmode ' +
    'serverselectiontimeoutms serverselectiontryonce sockettimeoutms srvmaxhosts srvservicename ssl timeoutms tls tlsallowinvalidcertificates ' +
    'tlsallowinvalidhostnames tlscafile tlscertificatekeyfile tlscertificatekeyfilepassword tlsdisablecertificaterevocationcheck ' +
    'tlsdisableocspendpointcheck tlsinsecure uuidrepresentation w waitqueuemultiple waitqueuetimeoutms wtimeoutms zlibcompressionlevel'
  ).split(' '),
);

const READ_PREFERENCES = ['primary', 'primaryPreferred', 'secondary', 'secondaryPreferred', 'nearest'];

/**
 * What a client is told wrongly about the replica set that it writes to.
 *
 * @param members how many there are
 */
export function misledBy(options: URLSearchParams, members: number): string | undefined {
  for (const [name, value] of options) {
    const option = name.toLowerCase();
    if (!OPTIONS.has(option)) return `has option "${name}", which no driver knows`;
    if (option === 'w' && !enough(value, members))
      return `writes with w=${value}: what a client was told is written is lost when another of ${members} members takes over`;
    if (option === 'w' && Number(value) > members)
      return `writes with w=${value}, and there are ${members} members: no write ever succeeds`;
    if (option === 'readpreference' && !READ_PREFERENCES.includes(value))
      return `reads from "${value}", and members are chosen by one of ${READ_PREFERENCES.join(', ')}`;
  }
  return undefined;
}

/** Whether a majority keeps what is written. A name is that of a rule of the replica set's own. */
const enough = (value: string, members: number): boolean => !/^\d+$/.test(value) || Number(value) > Math.floor(members / 2);
