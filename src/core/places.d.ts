/** IANA names of time zones, as the Node that built this knows them, parted by spaces. */
export const timezones: string;

/** Codes of countries and regions ("FI", "GB-ENG") whose holidays date-holidays knows, in capitals, parted by spaces. */
export const holidayPlaces: string;
