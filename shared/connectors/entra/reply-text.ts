const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

/** Plain text as the HTML of an automatic reply. */
export function replyHtml(text: string): string {
  const escaped = text.replace(/[&<>"']/g, (character) => `&${Object.entries(entities).find(([, one]) => one === character)?.[0] ?? ''};`);
  return escaped.replaceAll('\n', '<br>');
}

/** The plain text of an automatic reply. Exchange wraps what it is given in a page of its own, so the HTML itself is never the same again. */
export function replyText(html: string): string {
  return html
    .replaceAll(/[\r\n]+/g, '')
    .replaceAll(/<br\s*\/?>/gi, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => entities[name] ?? '')
    .trim();
}
