/** The failures that the directory can answer. */
export type AdErrorName = keyof typeof failures;

// Result codes: RFC 4511 appendix A. Prefixes are Win32 error codes (MS-ERREF 2.2), by which clients tell failures of one result code apart.
const failures = {
  attributeNotAllowedOnClass: { code: 65, hex: '00002014', text: 'UpdErr: DSID-031A1236, problem 6002 (OBJ_CLASS_VIOLATION), data 0' },
  accountExists: { code: 68, hex: '00000524', text: 'UpdErr: DSID-031A11E2, problem 6005 (ENTRY_EXISTS), data 0' },
  badName: { code: 34, hex: '0000208F', text: 'NameErr: DSID-03100225, problem 2006 (BAD_NAME), data 8350, best match of:\n\t' },
  badPasswordFormat: { code: 53, hex: '00002035', text: 'SvcErr: DSID-031A129B, problem 5003 (WILL_NOT_PERFORM), data 0' },
  badValue: { code: 21, hex: '00000057', text: 'LdapErr: DSID-0C090D8A, comment: Error in attribute conversion operation, data 0, v4563' },
  bindRequired: {
    code: 1,
    hex: '000004DC',
    text: 'LdapErr: DSID-0C090A5C, comment: In order to perform this operation a successful bind must be completed on the connection., data 0, v4563',
  },
  entryExists: { code: 68, hex: '00002071', text: 'UpdErr: DSID-0305038D, problem 6005 (ENTRY_EXISTS), data 0' },
  encryptionRequired: {
    code: 8,
    hex: '00002028',
    text: 'LdapErr: DSID-0C09035C, comment: The server requires binds to turn on integrity checking if SSL\\TLS are not already active on the connection, data 0, v4563',
  },
  hasChildren: { code: 66, hex: '00002015', text: 'UpdErr: DSID-031A1261, problem 6003 (CANT_ON_NON_LEAF), data 0' },
  invalidArgument: { code: 80, hex: '00000057', text: 'SysErr: DSID-031A1243, problem 22 (Invalid argument), data 0' },
  linkTargetMissing: { code: 32, hex: '00000525', text: 'NameErr: DSID-031A1254, problem 2001 (NO_OBJECT), data 0' },
  memberExists: { code: 68, hex: '00000562', text: 'UpdErr: DSID-031A11E2, problem 6005 (ENTRY_EXISTS), data 0' },
  memberMissing: { code: 53, hex: '00000561', text: 'SvcErr: DSID-031A1236, problem 5003 (WILL_NOT_PERFORM), data 0' },
  moveTargetMissing: { code: 80, hex: '00002095', text: 'SysErr: DSID-031A1202, problem 22 (Invalid argument), data 0' },
  namingViolation: {
    code: 64,
    hex: '00002099',
    text: 'NameErr: DSID-03050F5F, problem 2005 (NAMING_VIOLATION), data 0, best match of:\n\t',
  },
  noRights: { code: 50, hex: '00002098', text: 'SecErr: DSID-03150F94, problem 4003 (INSUFF_ACCESS_RIGHTS), data 0' },
  objectMissing: { code: 32, hex: '0000208D', text: 'NameErr: DSID-03100245, problem 2001 (NO_OBJECT), data 0, best match of:\n\t' },
  ownedByDirectory: { code: 53, hex: '0000209A', text: 'SvcErr: DSID-031A1021, problem 5003 (WILL_NOT_PERFORM), data 0' },
  passwordNeedsEncryption: { code: 53, hex: '0000001F', text: 'SvcErr: DSID-031A126C, problem 5003 (WILL_NOT_PERFORM), data 0' },
  passwordRefused: { code: 53, hex: '0000052D', text: 'SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0' },
  protocolError: { code: 2, hex: '00000057', text: 'LdapErr: DSID-0C090D16, comment: Error decoding ldap message, data 0, v4563' },
  renameByModify: { code: 67, hex: '00002016', text: 'UpdErr: DSID-031A1275, problem 6004 (CANT_ON_RDN), data 0' },
  unknownAttribute: {
    code: 16,
    hex: '00000057',
    text: 'LdapErr: DSID-0C090FC7, comment: Error in attribute conversion operation, data 0, v4563',
  },
  unknownCriticalControl: { code: 12, hex: '00000057', text: 'LdapErr: DSID-0C090A7D, comment: Error processing control, data 0, v4563' },
  unknownExtendedOperation: {
    code: 2,
    hex: '0000203D',
    text: 'LdapErr: DSID-0C090E3E, comment: Unknown extended request OID, data 0, v4563',
  },
  unsupportedBind: { code: 7, hex: '00002027', text: 'LdapErr: DSID-0C090590, comment: Invalid Authentication method, data 0, v4563' },
  unwilling: { code: 53, hex: '00002035', text: 'SvcErr: DSID-031A1236, problem 5003 (WILL_NOT_PERFORM), data 0' },
} as const satisfies Record<string, { readonly code: number; readonly hex: string; readonly text: string }>;

/** The failures that name an attribute. */
export type AttributeErrorName = keyof typeof attributeFailures;

const attributeFailures = {
  isAbsent: { code: 16, hex: '00002085', problem: '1001 (NO_ATTRIBUTE_OR_VAL)' },
  isPresent: { code: 20, hex: '00002083', problem: '1006 (ATT_OR_VALUE_EXISTS)' },
  isTooLong: { code: 19, hex: '00002082', problem: '1005 (CONSTRAINT_ATT_TYPE)' },
  nameNotAllowed: { code: 19, hex: '00000523', problem: '1005 (CONSTRAINT_ATT_TYPE)' },
  oldPasswordWrong: { code: 19, hex: '00000056', problem: '1005 (CONSTRAINT_ATT_TYPE)' },
  passwordRefused: { code: 19, hex: '0000052D', problem: '1005 (CONSTRAINT_ATT_TYPE)' },
  referenceMissing: { code: 19, hex: '000020B5', problem: '1005 (CONSTRAINT_ATT_TYPE)' },
  referenceMalformed: { code: 34, hex: '00002081', problem: '1005 (CONSTRAINT_ATT_TYPE)' },
  singleValued: { code: 20, hex: '0000200D', problem: '1006 (ATT_OR_VALUE_EXISTS)' },
  upnExists: { code: 19, hex: '000021C8', problem: '1005 (CONSTRAINT_ATT_TYPE)' },
} as const satisfies Record<string, { readonly code: number; readonly hex: string; readonly problem: string }>;

/** A failure as the directory answers it: the LDAP result code, and a message in the shape of Active Directory's, which begins with eight hexadecimal digits. */
export class AdError extends Error {
  readonly code: number;
  readonly matchedDn: string;
  readonly referral: string | undefined;

  constructor(code: number, message: string, more: { readonly matchedDn?: string; readonly referral?: string } = {}) {
    super(message);
    this.code = code;
    this.matchedDn = more.matchedDn ?? '';
    this.referral = more.referral;
  }
}

/** Makes a failure. `subject` completes the messages that name one, such as the best match of a missing object. */
export function adError(name: AdErrorName, subject = ''): AdError {
  const { code, hex, text } = failures[name];
  const isNamed = text.endsWith('\t');
  const matched = isNamed ? `'${subject}'\n` : '';
  return new AdError(code, `${hex}: ${text}${matched}`, name === 'objectMissing' ? { matchedDn: subject } : {});
}

/** Makes a failure that names an attribute. */
export function attributeError(name: AttributeErrorName, attribute: string): AdError {
  const { code, hex, problem } = attributeFailures[name];
  return new AdError(
    code,
    `${hex}: AtrErr: DSID-03151904, #1:\n\t0: ${hex}: DSID-03151904, problem ${problem}, data 0, Att 0 (${attribute})`,
  );
}

/** Makes the failure of a bind: result 49 with the sub-code that says why, in hexadecimal digits (MS-ADTS 5.1.1.1; Win32 error codes, MS-ERREF 2.2). */
export function bindError(data: '52e' | '533' | '701' | '773' | '775'): AdError {
  return new AdError(49, `80090308: LdapErr: DSID-0C090446, comment: AcceptSecurityContext error, data ${data}, v4563`);
}

/** Makes the referral to another domain (MS-ADTS 3.1.1.4.6). */
export function otherDomainError(dnsName: string, dn: string): AdError {
  return new AdError(10, `0000202B: RefErr: DSID-0310084A, data 0, 1 access points\n\tref 1: '${dnsName}'\n`, {
    referral: `ldap://${dnsName}/${encodeURI(dn)}`,
  });
}
