#ifndef STARACTION_SERVICES_DECLARATION_DOMAIN_GBIZ_ID_H_
#define STARACTION_SERVICES_DECLARATION_DOMAIN_GBIZ_ID_H_

#include <vector>

#include "absl/time/civil_time.h"
#include "staraction/content/v1/procedure.pb.h"
#include "staraction/declaration/v1/declaration.pb.h"
#include "staraction/engagement/v1/client.pb.h"

// Whether a client's GビズID serves for declaring. Pure; safe for any number of threads.
namespace staraction::declaration::domain {

// Whether the procedure can be entered with this kind of GビズID; true if it needs none.
bool Accepts(const content::v1::DeclarationProcedure& procedure, content::v1::GbizIdKind kind);

// Whether the procedure accepts the client's GビズID on this day.
bool IsUsable(const engagement::v1::GbizId& gbiz_id,
              const content::v1::DeclarationProcedure& procedure, absl::CivilDay day);

// What the procedure warns of, in its order. Cases about the planned day are none without one; once
// the declaration was submitted nothing is warned of.
std::vector<v1::GbizIdWarning> WarningsOf(const engagement::v1::GbizId& gbiz_id,
                                          const content::v1::DeclarationProcedure& procedure,
                                          const v1::Declaration& declaration, absl::CivilDay today);

}  // namespace staraction::declaration::domain

#endif  // STARACTION_SERVICES_DECLARATION_DOMAIN_GBIZ_ID_H_
