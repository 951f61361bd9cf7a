/** The last digits: enough to tell one's own numbers apart. */
export const shortly = (phone: string): string => `…${phone.slice(-4)}`;
