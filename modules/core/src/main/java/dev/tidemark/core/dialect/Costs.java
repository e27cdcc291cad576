package dev.tidemark.core.dialect;

import dev.tidemark.core.cost.Price;
import dev.tidemark.core.cost.PriceBook;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.CostSource;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What a model call cost: as reported, else by the price book, else unknown. */
final class Costs {
  private static final int MICROS = 6;
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  private Costs() {}

  static void tell(Reading from, PriceBook prices, AgentSpan to) {
    Double reported = from.real(Field.COST);
    if (reported != null && reported > 0) { // Exporters send 0 for models they have no price of.
      BigDecimal micros = BigDecimal.valueOf(reported).movePointRight(MICROS);
      if (micros.compareTo(MOST) < 0) {
        to.setCostMicros(micros.setScale(0, RoundingMode.HALF_UP).longValueExact());
        String currency = from.text(Field.CURRENCY);
        to.setCostCurrency(currency == null ? "USD" : currency);
        to.setCostSource(CostSource.REPORTED);
        return;
      }
    }
    Price price = prices.find(to.getModelProvider(), to.getModelName());
    long micros =
        price == null
            ? Price.UNKNOWN
            : price.micros(
                orUnknown(to.getInputTokens()),
                orUnknown(to.getOutputTokens()),
                orUnknown(to.getCacheReadTokens()),
                orUnknown(to.getCacheWriteTokens()),
                orUnknown(to.getReasoningTokens()));
    if (micros >= 0) {
      to.setCostMicros(micros);
      to.setCostCurrency(price.currency());
      to.setCostSource(CostSource.PRICE_BOOK);
      to.setPriceBookVersion(prices.version());
    }
  }

  private static long orUnknown(Long tokens) {
    return tokens == null || tokens < 0 ? Price.UNKNOWN : tokens;
  }
}
