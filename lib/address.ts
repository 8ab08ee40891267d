/** Where Truto's API is, unless people were given another address. */
export const TRUTO_ADDRESS = 'https://api.truto.one';
