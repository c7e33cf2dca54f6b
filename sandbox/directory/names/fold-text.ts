/** The key under which the directory compares text: case, accents and character width do not count, so `José` and `jose` are one
 * (Active Directory compares Unicode strings with NORM_IGNORECASE, NORM_IGNORENONSPACE and NORM_IGNOREWIDTH, MS-ADTS 3.1.1.2.2.4). */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
}
