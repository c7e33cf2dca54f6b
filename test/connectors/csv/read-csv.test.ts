import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../shared/connectors/csv/read-csv.ts';

const read = (text: string) => readCsv(Buffer.from(text));
const problemOf = (bytes: Uint8Array): string => {
  try {
    readCsv(bytes);
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return 'none';
};

describe('A CSV file', () => {
  it('is read with commas, semicolons or tabs, with and without a byte order mark and Windows line ends', () => {
    const rows = [{ line: 2, cells: ['10042', 'Zoë'] }];
    expect(read('Worker ID,Given name\n10042,Zoë\n')).toEqual({
      separator: 'comma',
      header: ['Worker ID', 'Given name'],
      rows,
      unreadable: [],
    });
    expect(read('\ufeffWorker ID;Given name\r\n10042;Zoë\r\n')).toMatchObject({
      separator: 'semicolon',
      header: ['Worker ID', 'Given name'],
      rows,
    });
    expect(read('Worker ID\tGiven name\n10042\tZoë')).toMatchObject({ separator: 'tab', rows });
    expect(read('"Name; given, or first","Worker ID"\nZoë,10042\n')).toMatchObject({ separator: 'comma' });
  });

  it('keeps separators, quotation marks and line breaks within quoted values, and says in which line each row begins', () => {
    const { rows } = read('id,title\n1,"Engineer, ""senior""\nsecond line"\n\n2,Agent\n');
    expect(rows).toEqual([
      { line: 2, cells: ['1', 'Engineer, "senior"\nsecond line'] },
      { line: 5, cells: ['2', 'Agent'] },
    ]);
  });

  it('passes over empty lines, and lines of separators only', () => {
    expect(read('id,title\n\n,\n1,Agent\n').rows).toEqual([{ line: 4, cells: ['1', 'Agent'] }]);
  });

  it('leaves out a line with a quotation mark in the wrong place, by its number, and reads the others', () => {
    const { rows, unreadable } = read('id,title\n1,Eng"ineer\n2,Agent\n');
    expect(rows).toEqual([{ line: 3, cells: ['2', 'Agent'] }]);
    expect(unreadable).toEqual([{ line: 2, problem: expect.stringContaining('quotation mark in the wrong place') }]);
  });

  it('is refused whole when a quotation mark is never closed', () => {
    expect(problemOf(Buffer.from('id,title\n1,"Engineer\n2,Agent\n'))).toContain('never closed');
  });

  it('is refused in another encoding, by its name and the first line that shows it', () => {
    expect(problemOf(Buffer.from('id,name\n1,Ana\n2,Zo\u00eb\n', 'latin1'))).toMatch(
      /not in UTF-8: line 3 looks like Windows-1252.*CSV UTF-8/,
    );
    expect(problemOf(Buffer.from('\ufeffid,name\n', 'utf16le'))).toContain('UTF-16');
    expect(problemOf(Buffer.from('PK\u0003\u0004'))).toContain('workbook');
  });

  it('is refused without a header', () => {
    for (const text of ['', '\n\n', ',,\n', 'a"b,c\n1,2\n'])
      expect(problemOf(Buffer.from(text)), JSON.stringify(text)).toContain('no header');
  });
});
