import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { evaluate } from "../../../../src/arm/templates/expressions/evaluate";
import { Scope, type Surroundings } from "../../../../src/arm/templates/expressions/scope";

const variables: Record<string, unknown> = {
  list: [3, 1, 2],
  people: [
    { name: "Ann", age: 30 },
    { name: "Bo", age: 20 },
  ],
  object: { Key: { inner: 1 } },
  text: "It's",
};

const own: Record<string, { parameters: string[]; output: unknown }> = {
  "own.twice": { parameters: ["x"], output: "[mul(parameters('x'), 2)]" },
  "own.endless": { parameters: [], output: "[own.endless()]" },
};

const surroundings: Surroundings = {
  parameter: (name) => `parameter ${name}`,
  variable: (name) => variables[name],
  userFunction: (name) => own[name.toLowerCase()],
  about: { subscription: () => ({ subscriptionId: "S", id: "/subscriptions/S" }) },
  scopeId: "/subscriptions/S/resourceGroups/G",
  subscriptionId: "S",
};
const scope = new Scope(surroundings, [
  { name: "inner", index: 2 },
  { name: "outer", index: 5 },
]);

const TYPE = "'Microsoft.CognitiveServices/accounts/deployments'";
const ID = "/providers/Microsoft.CognitiveServices/accounts/a/deployments/d";

describe("expressions of templates", () => {
  it.each([
    ["plain text", "plain text"],
    ["[[not one]", "[not one]"],
    ["[open", "[open"],
    ["['It''s']", "It's"],
    ["[-7]", -7],
    ["[ concat( 'a' , 'b' , 1 ) ]", "ab1"],
    ["[CONCAT(variables('list'), createArray(4))]", [3, 1, 2, 4]],
    ["[variables('people')[0].name]", "Ann"],
    ["[variables('object').KEY['Inner']]", 1],
    ["[variables('object').?nothing]", null],
    ["[variables('list')[?9]]", null],
    ["[tryGet(variables('object'), 'Key', 'inner')]", 1],
    ["[tryGet(variables('object'), 'no', 'inner')]", null],
    ["[parameters('p')]", "parameter p"],
    ["[subscription().subscriptionId]", "S"],
    ["[own.twice(21)]", 42],
    ["[copyIndex()]", 2],
    ["[copyIndex(1)]", 3],
    ["[copyIndex('outer')]", 5],
    ["[copyIndex('outer', 10)]", 15],
    ["[if(equals(1, 1), 'yes', variables('list')[9])]", "yes"],
    ["[and(true(), not(false()), or(false(), true()))]", true],
    ["[coalesce(null(), variables('object').?no, 'else')]", "else"],
    ["[format('{0}-{1}-{0}', 'a', true())]", "a-True-a"],
    ["[format('{{{0}}}', 1)]", "{1}"],
    ["[join(split('a,b;c', createArray(',', ';')), '-')]", "a-b-c"],
    ["[toUpper(take(trim('  hello '), 2))]", "HE"],
    ["[substring('abcdef', 1, 3)]", "bcd"],
    ["[padLeft('7', 3, '0')]", "007"],
    ["[replace('a-b-c', '-', '')]", "abc"],
    ["[base64ToString(base64('ü'))]", "ü"],
    ["[contains(createArray('A'), 'a')]", false],
    ["[contains(variables('object'), 'key')]", true],
    ["[startsWith('Azure', 'az')]", true],
    ["[indexOf('abcABC', 'C')]", 2],
    ["[length(variables('people'))]", 2],
    ["[empty('')]", true],
    ["[first('abc')]", "a"],
    ["[last(variables('list'))]", 2],
    ["[range(3, 3)]", [3, 4, 5]],
    ["[min(3, 1, 2)]", 1],
    ["[max(variables('list'))]", 3],
    ["[div(-7, 2)]", -3],
    ["[int('12')]", 12],
    ["[string(createObject('a', 1))]", '{"a":1}'],
    ["[json('[1, 2]')]", [1, 2]],
    [
      "[union(createObject('a', createObject('x', 1)), createObject('A', createObject('y', 2)))]",
      { a: { x: 1, y: 2 } },
    ],
    ["[intersection(createArray(1, 2), createArray(2, 3))]", [2]],
    [
      "[items(createObject('b', 2, 'a', 1))]",
      [
        { key: "a", value: 1 },
        { key: "b", value: 2 },
      ],
    ],
    ["[shallowMerge(createArray(createObject('a', 1), createObject('a', 2)))]", { a: 2 }],
    ["[map(variables('people'), lambda('one', lambdaVariables('one').name))]", ["Ann", "Bo"]],
    [
      "[filter(variables('people'), lambda('one', greater(lambdaVariables('one').age, 25)))]",
      [variables.people].flat().slice(0, 1),
    ],
    ["[sort(variables('list'), lambda('a', 'b', less(lambdaVariables('a'), lambdaVariables('b'))))]", [1, 2, 3]],
    ["[reduce(variables('list'), 0, lambda('sum', 'one', add(lambdaVariables('sum'), lambdaVariables('one'))))]", 6],
    [
      "[toObject(variables('people'), lambda('one', lambdaVariables('one').name), lambda('one', lambdaVariables('one').age))]",
      { Ann: 30, Bo: 20 },
    ],
    [`[resourceId(${TYPE}, 'a', 'd')]`, `/subscriptions/S/resourceGroups/G${ID}`],
    [`[resourceId('Other', ${TYPE}, 'a', 'd')]`, `/subscriptions/S/resourceGroups/Other${ID}`],
    [`[resourceId('T', 'Other', ${TYPE}, 'a', 'd')]`, `/subscriptions/T/resourceGroups/Other${ID}`],
    [
      `[extensionResourceId('/x', 'Microsoft.Authorization/locks', 'l')]`,
      "/x/providers/Microsoft.Authorization/locks/l",
    ],
    [
      "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'r')]",
      "/subscriptions/S/providers/Microsoft.Authorization/roleDefinitions/r",
    ],
  ])("%s", (text, value) => {
    expect(evaluate(text, scope)).toEqual(value);
  });

  it("evaluates names and values of objects, and loops of properties", () => {
    const value = {
      "[concat('a', 'b')]": ["[add(1, 1)]"],
      copy: [{ name: "made", count: 2, input: { at: "[copyIndex('made')]", around: "[copyIndex('inner')]" } }],
    };
    expect(evaluate(value, scope)).toEqual({
      ab: [2],
      made: [
        { at: 0, around: 2 },
        { at: 1, around: 2 },
      ],
    });
  });

  it.each([
    [
      "[nothing('a')]",
      "The template function 'nothing' is not valid. .* This service knows: .*uniquestring".replace(
        " This",
        " \\(This",
      ),
    ],
    ["[concat('a']", "the token 'EndOfData' is not expected here"],
    ["[concat('a' 'b')]", "the token 'b' is not expected here"],
    ["[concat('a')!]", "the token '!' is not expected here"],
    ["[variables('object').other]", "property 'other' doesn't exist, available properties are 'Key'"],
    ["[variables('list')[9]]", "array index '9' is out of bounds"],
    ["[toLower(1)]", "'toLower' expects its parameter at position 1 to be of type text; it is 1"],
    ["[toLower()]", "function requires 1 argument\\(s\\) while 0 were provided"],
    ["[format('{0:N2}', 1)]", "The format '{0:N2}' has '{0:N2}'"],
    ["[uri('no address', 'x')]", "'uri' cannot read 'no address'"],
    ["[own.endless()]", "calls itself"],
    [`[${"concat(".repeat(300)}'a'${")".repeat(300)}]`, "more than 200 calls in each other"],
    ["[div(1, 0)]", "divides by zero"],
    ["[copyIndex('none')]", "'copyIndex' is not expected at this location"],
    ["[reference('x')]", "'reference' is not expected at this location"],
    [`[resourceId(${TYPE}, 'a')]`, "requires '2' resource name argument"],
  ])("refuses %s", (text, sentence) => {
    expect(() => evaluate(text, scope)).toThrow(new RegExp(`Deployment template validation failed: '.*${sentence}`));
  });

  it("whatever a template says, it is evaluated or refused as a template", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("[", "]", "(", ")", "'", ",", ".", "concat", "if", "1", " ", "parameters")),
        (parts) => {
          expect(refusal(`[${parts.join("")}]`)).toMatch(/^(none|400 InvalidTemplate)$/);
        },
      ),
      { numRuns: 500 },
    );
  });
});

function refusal(text: string): string {
  try {
    evaluate(text, scope);
    return "none";
  } catch (error) {
    const { statusCode, code } = error as { statusCode: number; code: string };
    return `${statusCode} ${code}`;
  }
}
