const SHAPES: readonly { readonly name: string; readonly shape: RegExp }[] = [
  { name: 'a private key', shape: /-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{40}/ },
  { name: 'a signed token', shape: /\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{20,}/ },
  // https://learn.microsoft.com/en-us/purview/sit-defn-azure-ad-client-secret
  { name: 'an Entra client secret', shape: /\b[\w~.-]{3}\dQ~[\w~.-]{31,34}/ },
  { name: 'a storage or Service Bus key', shape: /\b(AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{40,}=*/ },
];

/** Every text that holds something in the shape of a real secret; the sandbox's own are words ("sandbox-...-secret"). */
export function checkSecrets(texts: readonly { readonly path: string; readonly text: string }[]): readonly string[] {
  return texts.flatMap(({ path, text }) =>
    SHAPES.filter(({ shape }) => shape.test(text)).map(({ name }) => `${path} holds what looks like ${name}.`),
  );
}
