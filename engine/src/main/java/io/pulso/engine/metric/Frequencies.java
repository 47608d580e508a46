package io.pulso.engine.metric;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// How often each of some numbers is there, in thousandths; there can be as many as events.
public final class Frequencies {
  public static final Frequencies NONE = builder().build();

  /// Products of smaller ones fit in a `long`, and some of these can be added.
  private static final long SMALL = 1L << 30;

  /// Different numbers, ascending.
  private final long[] values;

  /// How many are there up to each of them.
  private final long[] ends;

  private Frequencies(long[] values, long[] ends) {
    this.values = values;
    this.ends = ends;
  }

  public static Builder builder() {
    return new Builder();
  }

  public static Frequencies of(Map<Long, Long> often) {
    Builder builder = builder();
    often.forEach(builder::add);
    return builder.build();
  }

  /// How many there are.
  public long n() {
    return ends.length == 0 ? 0 : ends[ends.length - 1];
  }

  /// How many are less than a number.
  public long below(long number) {
    int found = Arrays.binarySearch(values, number);
    int place = found >= 0 ? found : -found - 1;
    return place == 0 ? 0 : ends[place - 1];
  }

  /// The number at a place, from 0 on, in ascending order.
  public long at(long place) {
    int found = Arrays.binarySearch(ends, place + 1);
    return values[found >= 0 ? found : -found - 1];
  }

  /// Their exact sum, not in thousandths.
  public BigDecimal total() {
    BigDecimal total = BigDecimal.ZERO;
    long some = 0;
    for (int i = 0; i < values.length; i++) {
      if (isSmall(values[i]) && isSmall(often(i)) && isSmall(some >> 31)) {
        some += values[i] * often(i);
      } else {
        total = total.add(BigDecimal.valueOf(values[i]).multiply(BigDecimal.valueOf(often(i))));
      }
    }
    return total.add(BigDecimal.valueOf(some)).movePointLeft(3);
  }

  private static boolean isSmall(long number) {
    return -SMALL < number && number < SMALL;
  }

  private long often(int i) {
    return i == 0 ? ends[0] : ends[i] - ends[i - 1];
  }

  /// How often each is there, ascending.
  public SortedMap<Long, Long> map() {
    SortedMap<Long, Long> often = new TreeMap<>();
    for (int i = 0; i < values.length; i++) {
      often.put(values[i], often(i));
    }
    return often;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Frequencies have
        && Arrays.equals(values, have.values)
        && Arrays.equals(ends, have.ends);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(values) + Arrays.hashCode(ends);
  }

  @Override
  public String toString() {
    return map().toString();
  }

  /// Collects numbers in any order; quickest where they ascend for long.
  public static final class Builder {
    private long[] values = new long[16];
    private long[] often = new long[16];
    private int size;

    private Builder() {}

    /// Adds a number that is there so often.
    public Builder add(long number, long times) {
      if (size == values.length) {
        int capacity = Math.addExact(size, (size >> 1) + 16);
        values = Arrays.copyOf(values, capacity);
        often = Arrays.copyOf(often, capacity);
      }
      values[size] = number;
      often[size++] = times;
      return this;
    }

    /// Adds others.
    public Builder add(Frequencies others) {
      for (int i = 0; i < others.values.length; i++) {
        add(others.values[i], others.often(i));
      }
      return this;
    }

    public Frequencies build() {
      sort();
      int kept = 0;
      for (int i = 0; i < size; i++) {
        if (kept > 0 && values[kept - 1] == values[i]) {
          often[kept - 1] += often[i];
        } else {
          values[kept] = values[i];
          often[kept++] = often[i];
        }
      }
      long[] ends = Arrays.copyOf(often, kept);
      Arrays.parallelPrefix(ends, Long::sum);
      return new Frequencies(Arrays.copyOf(values, kept), ends);
    }

    /// Merges neighbouring runs that ascend, until there is one.
    private void sort() {
      long[] toValues = new long[size];
      long[] toOften = new long[size];
      int end = runEnd(0);
      while (end < size) {
        for (int from = 0; from < size; from = end) {
          int middle = runEnd(from);
          end = middle < size ? runEnd(middle) : middle;
          merge(from, middle, end, toValues, toOften);
        }
        long[] before = values;
        values = toValues;
        toValues = before.length == size ? before : new long[size];
        before = often;
        often = toOften;
        toOften = before.length == size ? before : new long[size];
        end = runEnd(0);
      }
    }

    private int runEnd(int from) {
      int end = Math.min(from + 1, size);
      while (end < size && values[end - 1] <= values[end]) {
        end++;
      }
      return end;
    }

    private void merge(int from, int middle, int end, long[] toValues, long[] toOften) {
      int left = from;
      int right = middle;
      for (int to = from; to < end; to++) {
        boolean isLeft = right >= end || (left < middle && values[left] <= values[right]);
        int next = isLeft ? left++ : right++;
        toValues[to] = values[next];
        toOften[to] = often[next];
      }
    }
  }
}
