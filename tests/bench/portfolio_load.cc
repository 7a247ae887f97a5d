// The portfolio's page at a number of engagements, through real gRPC over a real database of its
// own.
//   portfolio-load ENGAGEMENTS [CALLS]     from the repository's top
// Prints p50 and p99 in ms for everybody's portfolio and for one consultant's (a hundred clients),
// each after a run to warm up.

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "common/pg/connection.h"
#include "services/engagement/testing/world.h"

namespace staraction::engagement {
namespace {

// Copies of one engagement with its client and quote; a hundred clients are the consultant's own.
std::string Seed(int count) {
  const auto copy = [](const std::string& table, const std::string& change) {
    return absl::StrCat(
        "select string_agg(quote_ident(attname), ',') into cols from pg_attribute where attrelid = "
        "'engagement.",
        table,
        "'::regclass and attnum > 0 and not attisdropped and attgenerated = '';\n"
        "execute format('insert into engagement.",
        table, " (%s) select %s from (select r.* from engagement.", table,
        " t, seed, lateral jsonb_populate_record(null::engagement.", table, ", to_jsonb(t) || ",
        change, ") r) x', cols, cols);\n");
  };
  return absl::StrCat(
      "do $$ declare cols text; begin\n"
      "create temp table seed on commit drop as select n, gen_random_uuid() as c, "
      "gen_random_uuid() as q, gen_random_uuid() as e from generate_series(1, ",
      count, ") n;\n",
      copy("client",
           "jsonb_build_object(''client_id'', c, ''legal_name'', ''会社'' || n, "
           "''search_text'', ''会社'' || n)"),
      copy("quote",
           "jsonb_build_object(''client_id'', c, ''quote_id'', q, ''number'', "
           "''S'' || n)"),
      copy("engagement",
           "jsonb_build_object(''client_id'', c, ''quote_id'', q, ''engagement_id'', e, "
           "''next_due_date'', date ''2026-01-01'' + mod(n, 700))"),
      "insert into engagement.client_access (organization_id, client_id, access_id, user_id, role, "
      "create_time, version) select a.organization_id, s.c, gen_random_uuid(), a.user_id, a.role, "
      "now(), 1 from seed s, (select * from engagement.client_access limit 1) a where s.n <= 100;\n"
      "end $$");
}

void Measure(World& world, const std::string& who, int calls) {
  std::vector<double> times;
  for (int i = 0; i < calls; ++i) {
    const absl::Time begin = RealClock()();
    const auto page = world.Engagements(who, &v1::EngagementService::Stub::ListEngagements,
                                        v1::ListEngagementsRequest());
    times.push_back(absl::ToDoubleMilliseconds(RealClock()() - begin));
    if (!page.ok()) std::printf("%s\n", page.status().ToString().c_str());
  }
  std::sort(times.begin(), times.end());
  std::printf("%s: p50 %.2f ms, p99 %.2f ms\n", who.c_str(), times[times.size() / 2],
              times[times.size() * 99 / 100]);
}

int Run(int count, int calls) {
  World world;
  world.OpenEngagement(world.CreateClient("consultant", 28));
  const auto database = pg::Connection::OpenBare(world.service().database().admin_url());
  if (!database.ok()) return 1;
  for (const std::string& sql : {Seed(count), std::string("analyze")}) {
    const auto done = (*database)->ExecText(sql);
    if (!done.ok()) {
      std::printf("%s\n", done.status().ToString().c_str());
      return 1;
    }
  }
  std::printf("%d engagements\n", count + 1);
  for (const char* who : {"admin", "consultant"}) {
    Measure(world, who, 20);
    Measure(world, who, calls);
  }
  return 0;
}

}  // namespace
}  // namespace staraction::engagement

int main(int argc, char** argv) {
  const int count = argc > 1 ? std::atoi(argv[1]) : 1000;
  return staraction::engagement::Run(count, argc > 2 ? std::atoi(argv[2]) : 300);
}
