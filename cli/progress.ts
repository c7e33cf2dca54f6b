/** One line that says how far something is: redrawn in place on a terminal, a line for each change anywhere else. */
export type Progress = { show(done: number, of: number, words: string): void; end(): void };

const width = 20;

export function progressOn(output: NodeJS.WriteStream): Progress {
  let last = '';
  const said = new Set<string>();
  const columns = () => output.columns ?? 80;
  return {
    show(done, of, words) {
      const full = of === 0 ? width : Math.round((done / of) * width);
      const line = output.isTTY
        ? `[${'█'.repeat(full)}${'░'.repeat(width - full)}] ${done}/${of} ${words}`.slice(0, columns() - 1)
        : `${done}/${of} ${words}`;
      if (line === last || (!output.isTTY && said.has(line))) return;
      last = line;
      said.add(line);
      output.write(output.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
    },
    end() {
      if (output.isTTY && last !== '') output.write('\r\u001b[K');
    },
  };
}
