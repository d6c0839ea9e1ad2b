/** Header that carries the state's `adminToken`. */
export const ADMIN_HEADER = "x-local-azure-admin";
