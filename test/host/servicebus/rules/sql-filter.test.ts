import { expect, test } from 'vitest';
import { parseCondition } from '../../../../host/servicebus/rules/sql/parse-condition.ts';

const message = {
  system: new Map<string, unknown>([
    ['label', 'order-bus'],
    ['messageid', 'm-1'],
  ]),
  user: new Map<string, unknown>([
    ['storeid', 'Store1'],
    ['color', 'red'],
    ['quantity', 7],
    ['price', 2.5],
    ['urgent', true],
    ['nothing', null],
    ['hr-id', "O'Neil"],
    ['percent', '100%'],
  ]),
};

test.each([
  ['1=1', true],
  ['1 = 0', false],
  ["StoreId = 'Store1'", true],
  ["user.storeid = 'store1'", false],
  ["sys.Label LIKE '%bus%' OR missing = 1", true],
  ["sys.LABEL = 'order-bus' AND sys.messageId <> 'm-2'", true],
  ["color LIKE 'r_d'", true],
  ["color LIKE 'r_'", false],
  ["color NOT LIKE 'b%'", true],
  [String.raw`percent LIKE '100\%' ESCAPE '\'`, true],
  [String.raw`color LIKE 'r\%' ESCAPE '\'`, false],
  ["color LIKE 'r.d'", false],
  ["color IN ('blue', 'red')", true],
  ["color NOT IN ('blue', 'green')", true],
  ['quantity IN (1, 3 + 4)', true],
  ['missing IS NULL AND nothing IS NULL', true],
  ['color IS NOT NULL', true],
  ['EXISTS(color) AND EXISTS(user.nothing) AND NOT EXISTS(missing)', true],
  ['EXISTS(sys.Label) AND NOT EXISTS(sys.To)', true],
  ['quantity * 2 + 1 = 15', true],
  ['1 + quantity * 2 > 15', false],
  ['(1 + quantity) * 2 = 16', true],
  ['quantity / 2 = 3', true],
  ['price / 2 = 1.25', true],
  ['quantity % 4 = 3', true],
  ['-quantity < +2.5E0', true],
  ["color + 'dish' = 'reddish'", true],
  ['urgent = TRUE and urgent != false', true],
  ["[hr-id] = 'O''Neil'", true],
  ['"storeid" >= \'Store1\'', true],
  ["property('co' + 'lor') = 'red'", true],
  ["p('storeId') = 'Store1'", true],
  ["NOT (color = 'blue' OR quantity > 100)", true],
  ["color = 'blue' OR color = 'red' AND quantity = 8", false],
  ["(color = 'blue' OR color = 'red') AND quantity = 7", true],
])('%s is %s', (filter, expected) => {
  expect(parseCondition(filter)(message)).toBe(expected);
});

test.each([
  ['missing = 1'],
  ['NOT missing = 1'],
  ["missing NOT LIKE 'a'"],
  ["missing NOT IN ('a')"],
  ['missing + 1 = 1'],
  ['-missing = 1'],
  ['color = 7'],
  ['nothing = NULL'],
  ['quantity / 0 = 1'],
  ['missing = 1 AND quantity = 7'],
  ['missing = 1 OR quantity = 8'],
])('%s cannot be told', (filter) => {
  expect(parseCondition(filter)(message)).toBeUndefined();
});

test.each([
  ['missing = 1 AND quantity = 8', false],
  ['missing = 1 OR quantity = 7', true],
])('%s can be told all the same: %s', (filter, expected) => {
  expect(parseCondition(filter)(message)).toBe(expected);
});

test.each([
  ['', 'at character 1 of its filter the name of a property is expected, not the end'],
  ['color', 'at character 6 of its filter a comparison, LIKE, IN or IS NULL is expected, not the end'],
  ['color = ', 'at character 9'],
  ['color = #1', '"#1" at character 8 cannot be read'],
  ["color = 'red", 'cannot be read'],
  ['color NOT = 1', 'at character 11 of its filter IN or LIKE is expected, not "="'],
  ['(color = 1', 'at character 11 of its filter ")" is expected, not the end'],
  ['color = 1 color = 2', 'at character 11 of its filter AND, OR or the end is expected, not "color"'],
  ['(a = 1) + 2 = 3', 'at character 9 of its filter AND or OR is expected'],
  ['and = 1', 'at character 1'],
  ['other.color = 1', '"other" is no scope'],
])('%s is refused with its place', (filter, problem) => {
  expect(() => parseCondition(filter)).toThrow(problem);
});
