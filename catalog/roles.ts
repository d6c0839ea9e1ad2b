import roles from "./roles.json";

/** Built-in Azure roles that the stack assigns or names, by their display names. */
export type RoleName = keyof typeof roles.roles;

/** Role definition GUID by display name. */
export const rolesByName: Readonly<Record<RoleName, string>> = roles.roles;
