export type FactField = { id: string, title: string, };
