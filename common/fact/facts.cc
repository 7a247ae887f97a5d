#include "common/fact/facts.h"

#include "common/base/macros.h"
#include "common/pg/field_value.h"

namespace staraction {
namespace {

using fact::v1::Fact;

const pg::Statement kVersion("fact_version", R"(
  select version from fact_version where organization_id = $1 and client_id = $2)");

Fact Named(const std::string& code, const std::string& engagement) {
  Fact fact;
  fact.set_code(code);
  fact.set_engagement(engagement);
  return fact;
}

absl::StatusOr<int64_t> Version(pg::Transaction& tx) {
  SA_ASSIGN_OR_RETURN(const pg::Rows rows,
                      tx.Exec(kVersion, {tx.organization(), tx.call().client()}));
  return rows.empty() ? 0 : rows[0].Int("version");
}

}  // namespace

Fact TruthFact(const std::string& code, const std::string& engagement, bool truth) {
  Fact fact = Named(code, engagement);
  fact.set_truth(truth);
  return fact;
}

Fact CountFact(const std::string& code, const std::string& engagement, int64_t count) {
  Fact fact = Named(code, engagement);
  fact.set_count(count);
  return fact;
}

Fact RatioFact(const std::string& code, const std::string& engagement, double ratio) {
  Fact fact = Named(code, engagement);
  fact.set_ratio(ratio);
  return fact;
}

Fact TextFact(const std::string& code, const std::string& engagement, const std::string& text) {
  Fact fact = Named(code, engagement);
  fact.set_text(text);
  return fact;
}

absl::StatusOr<fact::v1::FactSheet> ReadFactSheet(pg::Pool& pool, const Call& call,
                                                  const std::string& engagement,
                                                  const FactCollector& collect) {
  return pool.Read(call, [&](pg::Transaction& tx) -> absl::StatusOr<fact::v1::FactSheet> {
    fact::v1::FactSheet sheet;
    sheet.set_service(pool.service());
    sheet.set_client(call.client_name());
    SA_ASSIGN_OR_RETURN(const int64_t version, Version(tx));
    sheet.set_version(version);
    *sheet.mutable_collect_time() = pg::ToTimestamp(tx.now());
    SA_ASSIGN_OR_RETURN(std::vector<Fact> facts, collect(tx, engagement));
    for (Fact& fact : facts) *sheet.add_facts() = std::move(fact);
    return sheet;
  });
}

absl::StatusOr<int64_t> ReadFactVersion(pg::Pool& pool, const Call& call) {
  return pool.Read(call, [](pg::Transaction& tx) { return Version(tx); });
}

grpc::ServerUnaryReactor* FactServer::CollectFacts(grpc::CallbackServerContext* context,
                                                   const fact::v1::CollectFactsRequest* request,
                                                   fact::v1::FactSheet* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return ReadFactSheet(pool_, call, request->engagement(), collect_);
  });
}

}  // namespace staraction
