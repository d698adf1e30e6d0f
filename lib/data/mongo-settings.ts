/** What an environment decides about a MongoDB replica set. */
export interface MongoSettings {
  /** Members of the replica set: alone, or three that elect another primary when theirs is lost. Never fewer than there were. */
  readonly members: 1 | 3;

  /** Volume of each member, GiB. */
  readonly sizeGiB: number;
}
