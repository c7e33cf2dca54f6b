/** The id of a mobile phone as a method, the same for everyone. */
export const mobilePhoneId = '3179e48a-750b-4051-897c-87b9720928f7';

/** Ids of phones as methods, by their type; the same for everyone (https://learn.microsoft.com/graph/api/resources/phoneauthenticationmethod). */
export const phoneIds: Readonly<Record<string, string>> = {
  mobile: mobilePhoneId,
  alternateMobile: 'b6332ec1-7057-4abe-9331-3d72feddfe41',
  office: 'e37fc753-ff3b-4958-9484-eaa9425c82bc',
};

/** The id of an e-mail address as a method, the same for everyone (https://learn.microsoft.com/graph/api/resources/emailauthenticationmethod). */
export const emailId = '3ddfcfc8-9383-446f-83cc-3ab9be4be18f';
