/** A value that a function cannot take. The evaluator adds which function and where, and throws it on as a MappingError. */
export class ValueProblem extends Error {}
