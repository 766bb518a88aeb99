package zk4j.core.internal.spi;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is made when it is first asked for. Threads that ask at once may make one each. */
public final class OnDemand<T> {
  private final Supplier<T> maker;
  private volatile @Nullable T value;

  /**
   * A value to be made.
   *
   * @param maker makes it, the same each time
   */
  public OnDemand(Supplier<T> maker) {
    this.maker = maker;
  }

  /** The value. */
  public T get() {
    T made = value;
    if (made == null) {
      made = maker.get();
      value = made;
    }
    return made;
  }
}
