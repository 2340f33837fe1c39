import { en } from "./en";

/** Every text that a user sees comes from here. */
export const t = en;
