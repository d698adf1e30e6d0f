/** One value in a Secret that External Secrets delivers. There is no way to hold the value itself. */
export interface SecretKey {
  /** Name of the Secret in the pod's namespace. */
  readonly secret: string;

  /** Key within the Secret. */
  readonly key: string;
}

/** A container's environment variable read from a Secret. */
export interface SecretEnv {
  readonly name: string;
  readonly valueFrom: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
}

/** An environment variable whose value comes from a Secret. */
export function envFromSecret(name: string, { secret, key }: SecretKey): SecretEnv {
  return { name, valueFrom: { secretKeyRef: { name: secret, key } } };
}
