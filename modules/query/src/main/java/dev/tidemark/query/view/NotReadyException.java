package dev.tidemark.query.view;

/** A store that cannot be read at this moment; asking again later may work. */
public final class NotReadyException extends RuntimeException {
  private final String store;
  private final String state;

  /**
   * Names the store and why it is closed.
   *
   * @param store name from {@link dev.tidemark.wire.StateStores}
   * @param state what its engine is doing, such as REBALANCING or ABSENT
   */
  public NotReadyException(String store, String state, Throwable cause) {
    super("store '" + store + "' cannot be read while its topology is " + state, cause);
    this.store = store;
    this.state = state;
  }

  /** Name of the store. */
  public String store() {
    return store;
  }

  /** State of its engine. */
  public String state() {
    return state;
  }
}
