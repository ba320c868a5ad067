/** The natural person 自然人 that each profile is of now; whoever is not in it is a person of his own. */
export const PERSON_SQL = `person AS (
  SELECT customerId, arg_max(personKey, version) AS personId FROM profile GROUP BY customerId
)`;
