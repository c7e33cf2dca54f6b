import type { Filter as WireFilter } from '@wildboar/ldap/src/lib/modules/Lightweight-Directory-Access-Protocol-V3/Filter.ta.js';
import type { SubstringFilter } from '@wildboar/ldap/src/lib/modules/Lightweight-Directory-Access-Protocol-V3/SubstringFilter.ta.js';
import type { AttributeValueAssertion } from '@wildboar/ldap/src/lib/modules/Lightweight-Directory-Access-Protocol-V3/AttributeValueAssertion.ta.js';
import type { Filter } from './filter.ts';

// A filter nested deeper than this is an attack, not a question.
const deepest = 100;

/** Turns a decoded filter into the directory's own form. Throws for kinds of filter that RFC 4511 does not have, and for absurd nesting. */
export function decodeFilter(filter: WireFilter, depth = 0): Filter {
  if (depth > deepest) throw new Error('The filter is nested too deeply.');
  if ('and' in filter) return { type: 'and', parts: filter.and.map((part) => decodeFilter(part, depth + 1)) };
  if ('or' in filter) return { type: 'or', parts: filter.or.map((part) => decodeFilter(part, depth + 1)) };
  if ('not' in filter) return { type: 'not', part: decodeFilter(filter.not, depth + 1) };
  if ('present' in filter) return { type: 'present', attribute: textOf(filter.present) };
  if ('equalityMatch' in filter) return assertion('equal', filter.equalityMatch);
  // Active Directory treats an approximate match as equality (MS-ADTS 3.1.1.3.1.3.1).
  if ('approxMatch' in filter) return assertion('equal', filter.approxMatch);
  if ('greaterOrEqual' in filter) return assertion('greaterOrEqual', filter.greaterOrEqual);
  if ('lessOrEqual' in filter) return assertion('lessOrEqual', filter.lessOrEqual);
  if ('substrings' in filter) return substrings(filter.substrings);
  if ('extensibleMatch' in filter) {
    const { matchingRule, type_, matchValue } = filter.extensibleMatch;
    return {
      type: 'extensible',
      rule: textOf(matchingRule ?? new Uint8Array()),
      attribute: textOf(type_ ?? new Uint8Array()),
      value: Buffer.from(matchValue),
    };
  }
  throw new Error('The filter is of an unknown kind.');
}

function assertion(type: 'equal' | 'greaterOrEqual' | 'lessOrEqual', wire: AttributeValueAssertion): Filter {
  return { type, attribute: textOf(wire.attributeDesc), value: Buffer.from(wire.assertionValue) };
}

function substrings(wire: SubstringFilter): Filter {
  const initial = wire.substrings.flatMap((part) => ('initial' in part ? [Buffer.from(part.initial)] : []))[0];
  const final = wire.substrings.flatMap((part) => ('final' in part ? [Buffer.from(part.final)] : []))[0];
  const any = wire.substrings.flatMap((part) => ('any_' in part ? [Buffer.from(part.any_)] : []));
  return { type: 'substrings', attribute: textOf(wire.type_), any, ...(initial && { initial }), ...(final && { final }) };
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}
