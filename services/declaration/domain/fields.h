#ifndef STARACTION_SERVICES_DECLARATION_DOMAIN_FIELDS_H_
#define STARACTION_SERVICES_DECLARATION_DOMAIN_FIELDS_H_

#include <google/protobuf/map.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/content/library.h"
#include "services/declaration/domain/act.h"
#include "staraction/declaration/v1/declaration.pb.h"
#include "staraction/engagement/v1/client.pb.h"

// The fields that a company enters. Pure: no I/O, no clock; safe for any number of threads.
namespace staraction::declaration::domain {

// Source of the field that is filled by the acknowledgement of the rules, and by nothing else.
inline constexpr char kAcknowledgementSource[] = "declaration.rules_acknowledged";

// `entered_by` of values taken from the client's master data, and from what is on record.
inline constexpr char kFromClient[] = "client";
inline constexpr char kFromRecords[] = "records";

// The procedure's fields for this kind of client and this star, in its order, without values.
std::vector<v1::DeclarationField> NewFields(const content::v1::DeclarationProcedure& procedure,
                                            engagement::v1::ClientKind kind, int star,
                                            const content::Library& library);

// Fills, by their sources, fields without a value and those that were filled so before. Values
// that don't fit a field (too long, no such choice) are left out: people are asked. Whether
// anything changed. `basis`: what a declaration of two stars rests on today.
bool Prefill(const engagement::v1::Client& client, const v1::DeclarationBasis& basis,
             const content::Library& library, const Act& act, v1::Declaration& declaration);

// Enters these values: all, or none with every violation on "fields[CODE]".
absl::Status SetFields(const google::protobuf::Map<std::string, std::string>& values,
                       const content::Library& library, const Act& act,
                       v1::Declaration& declaration);

// Codes of the values, in order, separated by commas: what an event says of them.
std::string Codes(const google::protobuf::Map<std::string, std::string>& values);

// Sets the field that the acknowledgement fills, if the procedure has it.
void SetAcknowledged(const Act& act, v1::Declaration& declaration);

// Required fields without a value; a tick that is not "true" has none.
std::vector<const v1::DeclarationField*> MissingFields(const v1::Declaration& declaration);

}  // namespace staraction::declaration::domain

#endif  // STARACTION_SERVICES_DECLARATION_DOMAIN_FIELDS_H_
