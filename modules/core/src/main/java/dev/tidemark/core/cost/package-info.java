/**
 * What calls of models cost when nobody reported it. Money is whole millionths of a currency; an
 * unknown cost is unknown and never 0. A reported cost wins; that is for the caller to see to.
 */
package dev.tidemark.core.cost;
