import { expect, it } from 'vitest';
import { replyHtml, replyText } from '../../../shared/connectors/entra/reply-text.ts';

it.each(["Zoë O'Brien has left.", 'a < b && c > "d"', 'one\ntwo\n\nfour', '&amp; is an entity', '<script>alert(1)</script>'])(
  'an automatic reply comes back as the text it was: %j',
  (text) => {
    expect(replyText(replyHtml(text))).toBe(text);
    expect(replyHtml(text)).not.toMatch(/<(?!br>)/);
  },
);

it('an automatic reply is read out of the page that Exchange wraps around it', () => {
  expect(replyText('<html>\r\n<body>\r\nGone.<br>\r\nWrite to&nbsp;help.\r\n</body>\r\n</html>\r\n')).toBe('Gone.\nWrite to help.');
});
