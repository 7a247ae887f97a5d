// A client's ledger of growing size, through real gRPC over a real database of its own: pages of a
// hundred entries, the review, snapshots, and reading and comparing them.
//   ledger-load [CALLS]     from the repository's top
// Prints p50 and p99 of pages, and single times of what reads the whole ledger, in ms.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>

#include "absl/strings/str_cat.h"
#include "services/asset/testing.h"

namespace staraction::asset {
namespace {

// Copies of the entries that are there, in 50 businesses and 20 departments, until there are
// `count`; every 5,000th has a name of its own kind.
std::string Seed(int count) {
  return absl::StrCat(R"(
    do $$ declare cols text; begin
      select string_agg(quote_ident(attname), ',') into cols from pg_attribute
        where attrelid = 'asset.asset'::regclass and attnum > 0 and not attisdropped;
      execute format('insert into asset.asset (%s) select %s from (select r.* from
        generate_series((select count(*) + 1 from asset.asset), )",
                      count, R"() n, lateral (select t.*, row_number() over () as place
          from asset.asset t where template_entry = '''') t,
        lateral jsonb_populate_record(null::asset.asset, to_jsonb(t) || jsonb_build_object(
          ''asset_id'', ''0190b000-0000-7000-8000-'' || lpad(to_hex(n), 12, ''0''), ''business'', ''業務'' || mod(n, 50),
          ''display_name'', t.display_name || n, ''department'', ''部署'' || mod(n, 20),
          ''persons'', mod(n, 1000), ''template_entry'', ''seed'',
          ''search_text'', (case when mod(n, 5000) = 1 then ''特注図面'' else t.display_name end) || n
            || chr(10) || ''業務'' || mod(n, 50) || chr(10) || t.note)) r
        where t.place = mod(n, 4) + 1) x', cols, cols);
    end $$)");
}

class LedgerLoad : public AssetTest {
 public:
  LedgerLoad() {
    for (const char* entry : {"'顧客リスト'", "'請求書控え'", "'設計図面'", "'社員名簿'"}) {
      const std::string level = entry[1] == '\xe9' ? "TOP" : "MIDDLE";
      const auto made = Create(
          absl::StrCat("business: '営業' display_name: ", entry,
                       " note: '年に1回見直す' users: "
                       "'営業部・総務部' department: '営業部' medium: 'OFFICE_PC' retention: "
                       "'5年' confidentiality: '",
                       level,
                       "' integrity: 'BOTTOM' "
                       "availability: 'BOTTOM' profile { stage: 'DISPOSE' place: '事務所' who: "
                       "'総務部' how: '消去ソフトで消す' }"));
      if (!made.ok()) std::printf("%s\n", made.status().ToString().c_str());
    }
  }
  void TestBody() override {}

  void Measure(int count, int calls) {
    service_->database().Query(Seed(count));
    service_->database().Query("vacuum analyze asset.asset");
    std::printf("%d entries\n", count);
    Page("in the order of entry", "", calls);
    Page("by importance", "order: ASSET_ORDER_IMPORTANCE", calls);
    Page("a department", "department: '部署7'", calls);
    Page("a level", "importance_level: 'TOP'", calls);
    Page("a medium that none is on", "medium: 'PAPER'", calls);
    Page("search: a quarter matches", "query: '名簿'", calls);
    Page("search: 1 of 5,000 matches", "query: '特注'", calls);
    Page("search: none matches", "query: '存在しない'", calls);
    Page("search by importance, none", "query: '存在しない' order: ASSET_ORDER_IMPORTANCE", calls);
    Whole(count);
  }

 private:
  static double Timed(const std::function<absl::Status()>& call) {
    const absl::Time begin = RealClock()();
    const absl::Status status = call();
    if (!status.ok()) std::printf("%s\n", status.ToString().c_str());
    return absl::ToDoubleMilliseconds(RealClock()() - begin);
  }

  void Page(const char* title, const std::string& filter, int calls) {
    std::vector<double> times;
    for (int i = 0; i < calls + 10; ++i) {
      const double time = Timed([&] {
        return As("president", *assets_, &Assets::ListAssets,
                  absl::StrCat("parent: '", kClient, "' page_size: 100 ", filter))
            .status();
      });
      if (i >= 10) times.push_back(time);  // the first are to warm up
    }
    std::sort(times.begin(), times.end());
    std::printf("  page, %-30s p50 %8.2f  p99 %8.2f\n", title, times[times.size() / 2],
                times[times.size() * 99 / 100]);
    std::fflush(stdout);
  }

  void Whole(int count) {
    const double review = Timed([&] {
      return As("president", *assets_, &Assets::ReviewAssets, "parent: '" + kClient + "'").status();
    });
    std::string last;
    const auto freeze = [&] {
      const auto frozen = Freeze();
      if (frozen.ok()) last = frozen->name();
      return frozen.status();
    };
    const double first = Timed(freeze);
    const double second = Timed(freeze);
    int read = 0;
    const double list = Timed([&] { return ReadAll(last, read); });
    const double compare = Timed([&] {
      return As("president", *snapshots_, &Snapshots::CompareAssetSnapshots, "name: '" + last + "'")
          .status();
    });
    std::printf(
        "  review %.0f, snapshot %.0f and %.0f, reading its %d of %d %.0f, comparing %.0f\n",
        review, first, second, read, count, list, compare);
    std::fflush(stdout);
  }

  absl::Status ReadAll(const std::string& snapshot, int& read) {
    std::string token;
    do {
      const auto page =
          As("president", *snapshots_, &Snapshots::ListSnapshotAssets,
             "parent: '" + snapshot + "' page_size: 1000 page_token: '" + token + "'");
      if (!page.ok()) return page.status();
      read += page->snapshot_assets_size();
      token = page->next_page_token();
    } while (!token.empty());
    return absl::OkStatus();
  }
};

}  // namespace
}  // namespace staraction::asset

int main(int argc, char** argv) {
  const int calls = argc > 1 ? std::atoi(argv[1]) : 200;
  staraction::asset::LedgerLoad load;
  for (const int entries : {1'000, 10'000, 100'000}) load.Measure(entries, calls);
  return 0;
}
