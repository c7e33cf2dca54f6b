import type { Call, Expression, Keyword, Omitted } from './expression.ts';
import { MappingError } from './mapping-error.ts';
import { tokenize, type Token } from './tokenize.ts';

const keywords: readonly Keyword[] = ['IgnoreAttributeFlow', 'IgnoreObjectFlow', 'vbTextCompare', 'vbBinaryCompare'];
const comparing: readonly string[] = ['IIF', 'CBool'];
const longest = 10_000;
const deepest = 100;

/**
 * Parses an expression of at most 10,000 characters and 100 levels. Names of functions are not looked up here. Besides a function call, a bare
 * `[attribute]`, text or number is an expression: what Microsoft calls a direct or constant mapping.
 * Throws MappingError of kind `parse` with the position.
 */
export function parseExpression(text: string): Expression {
  if (text.length > longest) throw new MappingError('parse', `the expression is longer than ${longest} characters`, longest);
  const parser = new Parser(tokenize(text));
  const expression = parser.operand(0);
  parser.expectEnd();
  return expression;
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  operand(depth: number): Expression {
    if (depth > deepest) throw new MappingError('parse', `the expression is nested deeper than ${deepest} levels`, this.#peek().position);
    const token = this.#take();
    switch (token.kind) {
      case 'text':
        return { kind: 'literal', value: token.text, position: token.position };
      case 'number':
        return { kind: 'literal', value: token.value, position: token.position };
      case 'attribute':
        return { kind: 'attribute', name: token.text, position: token.position };
      case 'word':
        return this.#wordOrCall(token.text, token.position, depth);
      default:
        throw new MappingError('parse', `expected a function, [attribute], "text" or number, found ${shown(token)}`, token.position);
    }
  }

  expectEnd(): void {
    const token = this.#peek();
    if (token.kind !== 'end') throw new MappingError('parse', `the expression should end here, found ${shown(token)}`, token.position);
  }

  #wordOrCall(word: string, position: number, depth: number): Expression {
    if (this.#peek().kind === '(') return this.#call(word, position, depth);
    const keyword = keywords.find((known) => known === word);
    if (keyword) return { kind: 'keyword', word: keyword, position };
    throw new MappingError('parse', `${word} should be followed by ( … ), or written in quotation marks if it is text`, position);
  }

  #call(name: string, position: number, depth: number): Call {
    this.#take();
    if (this.#peek().kind === ')') {
      this.#take();
      return { kind: 'call', name, arguments: [], position };
    }
    const found: (Expression | Omitted)[] = [];
    for (;;) {
      found.push(this.#argument(name, found.length, depth + 1));
      const token = this.#take();
      if (token.kind === ')') return { kind: 'call', name, arguments: found, position };
      if (token.kind !== ',') throw new MappingError('parse', this.#afterArgument(name, token), token.position);
    }
  }

  #argument(name: string, index: number, depth: number): Expression | Omitted {
    const first = this.#peek();
    if (first.kind === ',' || first.kind === ')') return { kind: 'omitted', position: first.position };
    const left = this.operand(depth);
    const token = this.#peek();
    if (token.kind !== 'operator' || index > 0 || !comparing.includes(name)) return left;
    this.#take();
    return { kind: 'compare', operator: token.operator, left, right: this.operand(depth), position: token.position };
  }

  #afterArgument(name: string, token: Token): string {
    if (token.kind === 'operator') return `a comparison may stand only as the condition of ${comparing.join(' and ')}`;
    if (token.kind === 'end') return `${name}( has no closing )`;
    return `expected , or ) after an argument of ${name}, found ${shown(token)}`;
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', position: 0 };
  }

  #take(): Token {
    const token = this.#peek();
    this.#next += 1;
    return token;
  }
}

function shown(token: Token): string {
  switch (token.kind) {
    case 'end':
      return 'the end';
    case 'text':
      return `"${token.text}"`;
    case 'attribute':
      return `[${token.text}]`;
    case 'word':
      return token.text;
    case 'number':
      return String(token.value);
    case 'operator':
      return token.operator;
    default:
      return token.kind;
  }
}
