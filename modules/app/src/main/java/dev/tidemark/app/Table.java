package dev.tidemark.app;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows as aligned text. Columns whose title ends in {@code >} are set to the right. Not
 * thread-safe.
 */
public final class Table {
  private final List<String> titles = new ArrayList<>();
  private final List<Boolean> right = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  private Table() {}

  /** An empty table with these columns. */
  public static Table of(String... titles) {
    var table = new Table();
    for (String title : titles) {
      boolean toTheRight = title.endsWith(">");
      table.right.add(toTheRight);
      table.titles.add(toTheRight ? title.substring(0, title.length() - 1) : title);
    }
    return table;
  }

  /** Adds a row; control characters in it are made visible. */
  public Table row(Object... cells) {
    if (cells.length != titles.size()) {
      throw new IllegalArgumentException(
          "a row of " + cells.length + " cells does not fit " + titles.size() + " columns");
    }
    var row = new ArrayList<String>(cells.length);
    for (Object cell : cells) {
      row.add(cell == null ? "-" : Console.safe(cell.toString()));
    }
    rows.add(row);
    return this;
  }

  /** The lines: titles first. */
  public List<String> lines() {
    var widths = new int[titles.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = titles.get(i).length();
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    var lines = new ArrayList<String>(rows.size() + 1);
    lines.add(line(titles, widths));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  private String line(List<String> cells, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String gap = " ".repeat(widths[i] - cells.get(i).length());
      line.append(i == 0 ? "" : "  ");
      line.append(right.get(i) ? gap + cells.get(i) : cells.get(i) + gap);
    }
    return line.toString().stripTrailing();
  }
}
