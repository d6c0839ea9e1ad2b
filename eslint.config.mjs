import { defineConfig } from "eslint/config";
import js from "@eslint/js";
import globals from "globals";
import tseslint from "typescript-eslint";
import jest from "eslint-plugin-jest";
import jsdoc from "eslint-plugin-jsdoc";
import stylistic from "@stylistic/eslint-plugin";
import prettier from "eslint-config-prettier";

/** `path.join` says where it is from, as `join` does not; and a local `path` would hide it, so such a value is called by what it is. */
const pathAsOne = {
  selector: "ImportDeclaration[source.value='node:path'] > ImportSpecifier",
  message: 'Write `import path from "node:path"` and `path.join`.',
};

/** A result of a command that is compared by its exit code alone fails without a word of what the command printed. */
const exitCodeAlone = [
  "CallExpression[callee.property.name='toMatchObject'] > ObjectExpression > Property[key.name='code'][value.raw=/^[0-9]/]",
  "CallExpression[callee.name='expect'] > Identifier[name='code']",
  "CallExpression[callee.name='expect'] > MemberExpression[property.name='code'][object.type!='MemberExpression']",
].map((selector) => ({
  selector,
  message: "Write expect(result).toSucceed(), .toFail() or .toExitWith(code), which show what the command printed.",
}));

const unused = { argsIgnorePattern: "^_", varsIgnorePattern: "^_" };

export default defineConfig(
  {
    ignores: [
      "**/node_modules",
      ".local",
      "**/dist",
      "docs/site/content",
      "docs/site/.rspress",
      "template",
      ".local-azure",
      "coverage",
      "datasets/kernel/assembly",
    ],
  },
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          "tsconfig.json",
          "report/page/tsconfig.json",
          "playground/page/tsconfig.json",
          "live-page/page/tsconfig.json",
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-unused-vars": ["error", unused],
      "@typescript-eslint/consistent-type-imports": "error",
      "no-restricted-syntax": ["error", pathAsOne],
    },
  },
  {
    // Plain Node, since it runs before anything is installed or built. CommonJS, as package.json has no `type`.
    files: ["**/*.js"],
    extends: [js.configs.recommended],
    languageOptions: { sourceType: "commonjs", globals: globals.node },
    rules: { "no-unused-vars": ["error", unused], "prefer-const": "error", strict: ["error", "safe"] },
  },
  {
    files: ["**/*.mjs"],
    extends: [js.configs.recommended],
    languageOptions: { globals: globals.node },
    rules: { "no-unused-vars": ["error", unused], "prefer-const": "error" },
  },
  {
    // What runs inside pulumi prints text of models and services.
    files: ["azure-openai/**", "catalog/**", "components/**", "datasets/**", "dynamic-providers/**", "policy/**"],
    rules: {
      "no-restricted-syntax": [
        "error",
        pathAsOne,
        {
          selector: "CallExpression[callee.object.name='console']:not([arguments.0.callee.name='printable'])",
          message: "Print with the context's print, or printable(...): raw text can steer a terminal or a CI log.",
        },
      ],
    },
  },
  {
    // The stack works against any cloud: only stack, commands, tests and the rehearsal's own page know the rehearsal.
    files: ["**/*.ts", "**/*.tsx"],
    ignores: ["local-azure/**", "live-page/**", "test/**", "stack/**", "commands/**"],
    rules: { "no-restricted-imports": ["error", { patterns: ["local-azure/*", "**/local-azure/**"] }] },
  },
  { files: ["test/**", "local-azure/test/**"], ...jest.configs["flat/recommended"] },
  {
    files: ["test/**", "local-azure/test/**"],
    rules: {
      "jest/expect-expect": ["error", { assertFunctionNames: ["expect", "expect*", "ask", "crashAndRecover"] }],
    },
  },
  { files: ["test/e2e/**/*.ts"], rules: { "no-restricted-syntax": ["error", pathAsOne, ...exitCodeAlone] } },
  prettier,
  {
    // After prettier's, which switches it off: with these options it agrees with what prettier writes.
    rules: { curly: ["error", "multi-or-nest", "consistent"] },
  },
  {
    files: ["test/**", "local-azure/test/**"],
    rules: { "jest/consistent-test-it": ["error", { fn: "it", withinDescribe: "it" }] },
  },
  {
    plugins: { jsdoc, stylistic },
    rules: {
      // `@param name - what it is`, as TSDoc has it.
      "jsdoc/require-hyphen-before-param-description": ["error", "always"],
      // Of comments alone: prettier breaks code, and leaves comments as they are.
      "stylistic/max-len": ["error", { code: 10_000, comments: 160, ignoreUrls: true }],
    },
  },
);
