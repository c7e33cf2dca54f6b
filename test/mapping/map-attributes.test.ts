import { describe, expect, it } from 'vitest';
import { compileExpression } from '../../shared/mapping/compile-expression.ts';
import { mapAttributes } from '../../shared/mapping/map-attributes.ts';
import type { AttributeMapping, TargetMapping } from '../../shared/mapping/target-mapping.ts';

const by = (attribute: string, expression: string, applies: AttributeMapping['applies'] = 'always'): AttributeMapping => ({
  attribute,
  applies,
  from: { is: 'expression', compiled: compileExpression(expression) },
});
const mapping: TargetMapping = {
  target: 'ad:contoso',
  names: [],
  attributes: [
    by('title', '[jobTitle]'),
    by('company', 'IgnoreFlowIfNullOrEmpty([company])'),
    by('ou', '"OU=People"', 'create'),
    { attribute: 'federated', applies: 'create', from: { is: 'constant', value: true } },
  ],
};
const evaluation = { attributes: (name: string) => (name === 'jobTitle' ? '' : null), now: 0 };

describe('mapping attributes', () => {
  it('leaves out on creation what has no value, for empty text is no value to a target', () => {
    expect(mapAttributes(mapping, evaluation, 'create')).toEqual({ ou: 'OU=People', federated: true });
  });

  it('clears on update what has no value any more, and leaves alone what is set once or says so', () => {
    expect(mapAttributes(mapping, evaluation, 'update')).toEqual({ title: null });
  });

  it('names the target and the attribute whose expression fails', () => {
    const broken = { ...mapping, attributes: [by('expires', 'NumFromDate([lastDay])')] };
    expect(() => mapAttributes(broken, evaluation, 'create')).toThrow(
      'ad:contoso expires: NumFromDate at character 1: there is no date to read',
    );
  });

  it('refuses to skip a whole object from within one attribute', () => {
    expect(() => mapAttributes({ ...mapping, attributes: [by('x', 'IgnoreObjectFlow')] }, evaluation, 'create')).toThrow(
      'scope of a workflow',
    );
  });
});
