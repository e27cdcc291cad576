/**
 * Absolute limits that a team sets: numbers and error budgets, judged as they stand. Apart from
 * {@link dev.tidemark.core.detect}, whose alerts are paid from a budget of false alerts: a limit
 * claims no statistics and costs no budget.
 */
package dev.tidemark.core.limit;
