package dev.tidemark.core.redact;

import java.util.HashSet;
import java.util.Set;

/**
 * Whose content is kept, tool by tool and tenant by tenant; off unless somebody asks. What is kept
 * goes redacted and capped to a topic of its own. Immutable.
 *
 * <pre>{@code
 * ContentRules rules = ContentRules.off().tool("airline", "search").models("airline");
 * }</pre>
 */
public final class ContentRules {
  /** Stands for every tenant, or every tool of a tenant. */
  public static final String EVERY = "*";

  private static final int USUAL_BYTES = 16_384;
  private static final int LEAST_BYTES = 64;
  private static final int MOST_BYTES = 262_144;
  private static final ContentRules OFF = new ContentRules(Set.of(), Set.of(), USUAL_BYTES);

  private record Tool(String tenant, String name) {}

  private final Set<Tool> tools;
  private final Set<String> models;
  private final int limitBytes;

  private ContentRules(Set<Tool> tools, Set<String> models, int limitBytes) {
    this.tools = Set.copyOf(tools);
    this.models = Set.copyOf(models);
    this.limitBytes = limitBytes;
  }

  /** No content of anybody: the default. */
  public static ContentRules off() {
    return OFF;
  }

  /** Keeps arguments and results of a tool of a tenant; either may be {@link #EVERY}. */
  public ContentRules tool(String tenant, String tool) {
    var more = new HashSet<>(tools);
    more.add(new Tool(tenant, tool));
    return new ContentRules(more, models, limitBytes);
  }

  /** Keeps what a tenant's agents say to models and are answered; may be {@link #EVERY}. */
  public ContentRules models(String tenant) {
    var more = new HashSet<>(models);
    more.add(tenant);
    return new ContentRules(tools, more, limitBytes);
  }

  /**
   * Longest text kept, in bytes of UTF-8; 16,384 unless told.
   *
   * @throws IllegalArgumentException when it is not from 64 to 262,144
   */
  public ContentRules limitBytes(int bytes) {
    if (bytes < LEAST_BYTES || bytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "content limit is "
              + bytes
              + " bytes: use a value from "
              + LEAST_BYTES
              + " to "
              + MOST_BYTES);
    }
    return new ContentRules(tools, models, bytes);
  }

  /** Longest text kept, in bytes of UTF-8. */
  public int limitBytes() {
    return limitBytes;
  }

  /** Whether nobody's content is kept. */
  public boolean isOff() {
    return tools.isEmpty() && models.isEmpty();
  }

  /** Whether arguments and results of this tool of this tenant are kept. */
  public boolean keepsTool(String tenant, String tool) {
    return !tools.isEmpty()
        && tool != null
        && (tools.contains(new Tool(tenant, tool))
            || tools.contains(new Tool(tenant, EVERY))
            || tools.contains(new Tool(EVERY, tool))
            || tools.contains(new Tool(EVERY, EVERY)));
  }

  /** Whether what this tenant's agents say to models, and what they are answered, is kept. */
  public boolean keepsModels(String tenant) {
    return models.contains(tenant) || models.contains(EVERY);
  }
}
