/** The version of this package, as in package.json. A test holds the two together. */
export const version = '0.1.0';
