/** The relative id at the end of a SID as Active Directory stores it: its last four bytes, little-endian (MS-DTYP 2.4.2.2). */
export function ridOf(sid: Buffer): string {
  return String(sid.readUInt32LE(sid.length - 4));
}
